import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** A token begins with this, for programs that look for secrets where they do not belong. */
const marker = 'mg_svc_';
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 256 bits, and 32, in base 62: nothing in a token needs escaping in an address. */
const [secretLength, checksumLength] = [43, 6];
const pattern = new RegExp(`^${marker}[0-9A-Za-z]{${secretLength + checksumLength}}$`);

/** Whether a text was meant as a service token, well-formed or not. */
export function isServiceToken(text: string): boolean {
  return text.startsWith(marker);
}

/**
 * Make a token.
 *
 * @returns it, `mg_svc_`, 43 random digits of base 62 and a checksum of 6; and the part that may be shown later.
 */
export function generateToken(): { token: string; prefix: string } {
  const random = BigInt(`0x${randomBytes(32).toString('hex')}`);
  const secret = toBase62(random, secretLength);
  return {
    token: `${marker}${secret}${checksum(secret)}`,
    prefix: `${marker}${secret.slice(0, 6)}`,
  };
}

/** @returns what is stored of a token; undefined for what is mistyped or cut off, which needs no look-up. */
export function hashToken(token: string): string | undefined {
  const secret = token.slice(marker.length, -checksumLength);
  if (!pattern.test(token) || !token.endsWith(checksum(secret))) return undefined;
  return createHash('sha256').update(token).digest('base64url');
}

function checksum(secret: string): string {
  return toBase62(BigInt(crc32(secret)), checksumLength);
}

function toBase62(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; rest > 0n; rest /= 62n) text = digits[Number(rest % 62n)] + text;
  return text.padStart(length, '0');
}
