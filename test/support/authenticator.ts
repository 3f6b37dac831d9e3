import { createAuthenticator } from '../../src/infra/authenticator.ts';
import { createDatabase } from '../../src/infra/database.ts';
import { createLogger } from '../../src/infra/logger.ts';
import type { Agency } from './agency.ts';
import { openSecurityLog } from './security-log.ts';
import { testServices } from './test-services.ts';

const unlimited = { consume: async () => undefined, giveBack: async () => undefined };

/** What turns tokens into viewers, as the server's role: with what it asked of the database. */
export async function openAuthenticator(
  agency: Agency,
  {
    rateLimiter = unlimited,
    signingKeys = [{ id: 'default', secret: testServices.secrets.JWT_SECRET }],
  }: Partial<Pick<Parameters<typeof createAuthenticator>[0], 'rateLimiter' | 'signingKeys'>> = {},
) {
  const statements: string[] = [];
  const database = await createDatabase({
    url: agency.urls.serverUrl,
    poolSize: 3,
    onStatement: (sql) => statements.push(sql),
  });
  const security = openSecurityLog(agency, database);
  const authenticator = createAuthenticator({
    security,
    database,
    cipher: agency.cipher,
    signingKeys,
    accessTokenMinutes: 5,
    sessionDays: 30,
    rateLimiter,
    log: createLogger('test', 'silent'),
  });
  return {
    ...authenticator,
    database,
    statements,
    security,
    async close() {
      security.close();
      await security.settled();
      await database.close();
    },
  };
}
