import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { badInput } from '../errors.ts';

const derive = promisify(argon2);

/** Work per hash: OWASP's recommendation for Argon2id (19 MiB, 2 passes, 1 lane). */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
const shortest = 12;
const longest = 256;

/** What zxcvbn calls "safely unguessable": more than 10^8 guesses for who steals the hash. */
const leastScore = 3;

/**
 * Refuse a password that is too short, too long, or among the first that somebody would guess: on lists of breached
 * passwords, a variation of one, a pattern of the keyboard, or made of what is known of its owner.
 *
 * @param about its owner's email and name.
 * @throws {DomainError} BAD_USER_INPUT.
 */
export async function checkPassword(password: string, about: string[] = []): Promise<void> {
  if (password.length < shortest || password.length > longest) {
    throw badInput(`A password has ${shortest} to ${longest} characters.`, 'password');
  }
  const { scorePassword } = await import('./score-password.ts');
  if (scorePassword(password, about) < leastScore) {
    throw badInput(
      'This password is too easy to guess: use several words that do not belong together.',
      'password',
    );
  }
}

/**
 * Check and hash a password that somebody chose. It is a tenth of a second of work: no transaction is open meanwhile
 * where many may do so at once.
 *
 * @throws {DomainError} BAD_USER_INPUT.
 */
export async function choosePassword(password: string, about: string[]): Promise<string> {
  await checkPassword(password, about);
  return hashPassword(password);
}

/** @returns `argon2id$memory$passes$lanes$salt$hash`, salt and hash in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const { memory, passes, parallelism } = cost;
  const hash = await derive('argon2id', { message: password, nonce: salt, ...cost });
  const parts = [salt, hash].map((bytes) => bytes.toString('base64url'));
  return ['argon2id', memory, passes, parallelism, ...parts].join('$');
}

/** Whether a password is the one that was hashed. A text too long to be one is refused unhashed. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [algorithm, memory, passes, parallelism, salt = '', hash = ''] = stored.split('$');
  if (algorithm !== 'argon2id' || password.length > longest) return false;
  const expected = Buffer.from(hash, 'base64url');
  const actual = await derive('argon2id', {
    message: password,
    nonce: Buffer.from(salt, 'base64url'),
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: expected.length,
  });
  return timingSafeEqual(actual, expected);
}
