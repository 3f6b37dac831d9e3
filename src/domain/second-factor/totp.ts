import { Secret, TOTP } from 'otpauth';

/** What every authenticator app can do: SHA-1, 6 digits, 30 seconds. Source: RFC 6238. */
const form = { issuer: 'Mediagraph', algorithm: 'SHA1', digits: 6, period: 30 };

/** Clocks of phones are off by less than this many codes. */
const window = 1;

/** @returns 160 random bits in base32, as RFC 4226 recommends. */
export function generateSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What the app reads from a QR code. @param label whose it is. */
export function addressOf(secret: string, label: string): string {
  return new TOTP({ ...form, label, secret }).toString();
}

/**
 * The step of time that a code is of, by which it can be told from those that were taken before.
 *
 * @returns 30 seconds each since 1970; null for what is no code of now, or of the step before or after.
 */
export function stepOf(secret: string, code: string, timestamp: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const totp = new TOTP({ ...form, secret });
  const delta = totp.validate({ token: code, timestamp, window });
  return delta === null ? null : totp.counter({ timestamp }) + delta;
}
