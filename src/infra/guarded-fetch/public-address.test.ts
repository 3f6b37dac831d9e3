import { isPublicAddress } from './public-address.ts';

test.each([
  ['8.8.8.8'],
  ['1.1.1.1'],
  ['100.63.255.255'],
  ['100.128.0.0'],
  ['172.15.255.255'],
  ['172.32.0.0'],
  ['223.255.255.255'],
  ['2606:4700:4700::1111'],
  ['2a00:1450:4001:800::200e'],
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  ['0.0.0.0', 'this host'],
  ['0.1.2.3', 'this network'],
  ['10.0.0.1', 'private'],
  ['100.64.0.1', 'of a carrier'],
  ['100.100.100.200', 'metadata of Alibaba'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['168.63.129.16', 'of Azure'],
  ['169.254.169.254', 'metadata'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.0.0.192', 'metadata of Oracle'],
  ['192.168.0.1', 'private'],
  ['198.18.0.1', 'of benchmarks'],
  ['224.0.0.1', 'multicast'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'this host'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback in version 6'],
  ['::ffff:a9fe:a9fe', 'metadata in version 6'],
  ['::ffff:8.8.8.8', 'of version 4 in version 6'],
  ['::7f00:1', 'of version 4, as it once was'],
  ['64:ff9b::7f00:1', 'loopback through NAT64'],
  ['64:ff9b:1::a00:1', 'private through NAT64'],
  ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'Teredo'],
  ['2001:db8::1', 'of documents'],
  ['2002:7f00:1::', 'loopback through 6to4'],
  ['fc00::1', 'private'],
  ['fd00:ec2::254', 'metadata of AWS'],
  ['fe80::1', 'of the link'],
  ['fe80::1%eth0', 'of the link'],
  ['fec0::1', 'of the site'],
  ['ff02::1', 'multicast'],
  ['localhost', 'a name'],
  ['2130706433', 'a number'],
  ['', 'nothing'],
])('%s is not: it is %s', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});
