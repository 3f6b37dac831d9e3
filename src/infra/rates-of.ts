import type { Config } from '../config-schema.ts';
import type { MeterRates } from '../domain/identity/meter.ts';

/** What each may do in a minute; as many as at once in the part of a minute that they stand for. */
export function ratesOf({ RATE_SIGNED_OUT, RATE_SIGNED_IN }: Config): MeterRates {
  const [perMinute, atOnce] = RATE_SIGNED_OUT;
  const [account, organization] = RATE_SIGNED_IN;
  return {
    address: { points: atOnce, seconds: Math.max(1, Math.round((atOnce / perMinute) * 60)) },
    account: { points: account, seconds: 60 },
    organization: { points: organization, seconds: 60 },
  };
}
