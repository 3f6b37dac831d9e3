import { createHash, randomBytes } from 'node:crypto';

const count = 10;
/** Without letters and digits that look alike. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Codes for when the app is lost: ten of 80 random bits, such as `K7QM-2XWP-9HRA-TBNC`. */
export function generateRecoveryCodes(): string[] {
  return Array.from({ length: count }, () => {
    const code = Array.from(randomBytes(16), (byte) => letters[byte % 32]).join('');
    return code.replaceAll(/.{4}(?=.)/g, '$&-');
  });
}

/** What is stored of a code, however it was typed. */
export function hashRecoveryCode(code: string): string {
  const typed = code.replaceAll(/[\s-]/g, '').toUpperCase();
  return createHash('sha256').update(typed).digest('base64url');
}
