import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

const iterations = 4096;

/**
 * What PostgreSQL keeps of a password, computed here: so the password itself is in no statement, and in no log.
 *
 * @param password of ASCII characters, which need no normalizing.
 * Source: RFC 5802, section 3, and RFC 7677; `pg_authid.rolpassword` in PostgreSQL's manual.
 */
export function scramVerifier(password: string, salt = randomBytes(16)): string {
  const saltedPassword = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const keyOf = (name: string) => createHmac('sha256', saltedPassword).update(name).digest();
  const storedKey = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  const serverKey = keyOf('Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
