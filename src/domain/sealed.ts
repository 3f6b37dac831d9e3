import type { FieldCipher } from './encryption/field-cipher.ts';

/** What browsers carry for us, for minutes: they can neither read nor change it, nor use it for something else. */
export interface Sealer<T> {
  seal(value: T): string;
  /** @returns undefined for what is not of this kind, was altered, or came too late. */
  open(text: string): T | undefined;
}

/** @param kind of value, which no other kind is taken for. */
export function createSealer<T extends object>(
  cipher: Pick<FieldCipher, 'encrypt' | 'decrypt'>,
  kind: string,
  lifeMs: number,
): Sealer<T> {
  return {
    seal: (value) => cipher.encrypt(JSON.stringify({ kind, endsAt: Date.now() + lifeMs, value })),
    open(text) {
      try {
        const sealed = JSON.parse(cipher.decrypt(text));
        return sealed.kind === kind && sealed.endsAt > Date.now() ? sealed.value : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
