import type { PointSpender, RateLimit } from '../rate-limit.ts';
import type { Viewer } from './viewer.ts';

/** Whom a request counts against: an address, until it is known who asks. */
export type Payer = { address: string } | { account: string; organization: string };

/** How many points may be spent in how long. */
export interface MeterRates {
  /** Requests of one address that is not signed in. */
  address: Omit<RateLimit, 'name'>;
  /** Points of one person or service token. */
  account: Omit<RateLimit, 'name'>;
  /** Points of all of an organization's together. */
  organization: Omit<RateLimit, 'name'>;
}

/** Counts what is asked, over all servers. */
export interface Meter {
  /** Count a request, before anything is done for it. @throws {DomainError} RATE_LIMITED. */
  admit(payer: Payer): Promise<void>;
  /** Count what an operation costs; whoever is not signed in gets nothing that does. @throws {DomainError} RATE_LIMITED. */
  charge(payer: Payer, points: number): Promise<void>;
}

export function createMeter(spend: PointSpender, rates: MeterRates): Meter {
  const perAddress = { name: 'address', ...rates.address };
  const perAccount = { name: 'account', ...rates.account };
  const perOrganization = { name: 'organization', ...rates.organization };
  const charge = async (payer: Payer, points: number) => {
    if ('address' in payer) return;
    await spend(perAccount, payer.account, points);
    await spend(perOrganization, payer.organization, points);
  };
  return {
    admit: (payer) => ('address' in payer ? spend(perAddress, payer.address, 1) : charge(payer, 1)),
    charge,
  };
}

/** Whom a request counts against, once it is known who asks. */
export function payerOf({ userId, serviceToken, organizationId }: Viewer): Payer {
  return { account: serviceToken?.id ?? String(userId), organization: organizationId };
}

/** Whom a request counts against that is nobody's. */
export function payerAt(ip: string | null): Payer {
  return { address: callerAt(ip) };
}

/** By what callers are told apart who have not signed in: of IPv6 the network, since one has all of its addresses. */
export function callerAt(ip: string | null): string {
  return networkOf(ip ?? 'unknown');
}

function networkOf(ip: string): string {
  const [, inIpv4] = /^::ffff:([\d.]+)$/i.exec(ip) ?? [];
  if (inIpv4 || !ip.includes(':')) return inIpv4 ?? ip;
  const [head = '', tail] = ip.toLowerCase().split('::');
  const groups = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const gap = Array(Math.max(0, 8 - groups.length - after.length)).fill('0');
  const whole = tail === undefined ? groups : [...groups, ...gap, ...after];
  return `${whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
