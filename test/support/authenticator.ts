import { createAuthenticator } from '../../src/infra/authenticator.ts';
import { createDatabase } from '../../src/infra/database.ts';
import { createLogger } from '../../src/infra/logger.ts';
import type { Agency } from './agency.ts';
import { testServices } from './test-services.ts';

/** What turns tokens into viewers, as the server's role: with what it asked of the database. */
export async function openAuthenticator(agency: Agency) {
  const statements: string[] = [];
  const database = await createDatabase({
    url: agency.urls.serverUrl,
    poolSize: 3,
    onStatement: (sql) => statements.push(sql),
  });
  const authenticator = createAuthenticator({
    database,
    cipher: agency.cipher,
    jwtSecret: testServices.secrets.JWT_SECRET,
    accessTokenMinutes: 5,
    rateLimiter: { consume: async () => undefined, giveBack: async () => undefined },
    log: createLogger('test', 'silent'),
  });
  return { ...authenticator, statements, close: () => database.close() };
}
