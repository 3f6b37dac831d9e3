import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * Addresses of version 4 that are nobody's on the open internet, or that answer with secrets.
 *
 * Source: IANA's registry of special-purpose addresses; 168.63.129.16 serves Azure's machines their configuration.
 */
const special4 = blockListOf('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]);

/** All that version 6 gives out so far: addresses that hold one of version 4, and local ones, lie outside. */
const global6 = blockListOf('ipv6', ['2000::/3']);
/** Tunnels to version 4 (Teredo, 6to4) and what else is special in there. */
const special6 = blockListOf('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

/** Whether an address is one of the open internet: not private, not of this machine, link or cloud. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special4.check(address, 'ipv4');
  if (!isIPv6(address)) return false;
  return global6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
}

function blockListOf(family: 'ipv4' | 'ipv6', networks: string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
}
