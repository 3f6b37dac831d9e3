import type { FieldCipher } from '../src/domain/encryption/field-cipher.ts';
import { DomainError } from '../src/domain/errors.ts';
import { createOrganization } from '../src/domain/identity/create-organization.ts';
import { createUser } from '../src/domain/identity/create-user.ts';
import type { MembershipRow } from '../src/domain/identity/sign-in.ts';
import type { Database } from '../src/infra/database.ts';

/** Whom to sign in as; the installation is on this machine only. */
export const demoUsers = {
  admin: { email: 'admin@demo.example', password: 'mediagraph-demo' },
  client: { email: 'client@demo.example', password: 'mediagraph-demo' },
};

/** Make the organization with its admin, as the operator's command would; a second time changes nothing. */
export async function seedOrganization(database: Database, cipher: FieldCipher): Promise<void> {
  const { email, password } = demoUsers.admin;
  const organization = { name: 'Demo Agency', timeZone: 'America/New_York' };
  await unlessTaken(() =>
    createOrganization(database.withTenant, cipher, {
      ...organization,
      ownerEmail: email,
      ownerPassword: password,
    }),
  );
}

/** Make the user who sees one client only; a second time changes nothing. */
export async function seedClientUser(
  database: Database,
  cipher: FieldCipher,
  clientId: string,
): Promise<void> {
  const organizationId = await findOrganization(database, cipher);
  const user = { ...demoUsers.client, role: 'CLIENT' as const, clientIds: [clientId] };
  await unlessTaken(() =>
    database.withTenant({ organizationId, clientIds: null }, (em) =>
      createUser(em, cipher, { organizationId, ...user }),
    ),
  );
}

async function findOrganization(database: Database, cipher: FieldCipher): Promise<string> {
  const emailIndex = cipher.blindIndex(demoUsers.admin.email);
  const [admin] = await database.call<{ user_id: string }>('find_credentials', emailIndex);
  const [row] = await database.call<{ organization_id: MembershipRow['organizationId'] }>(
    'find_memberships',
    admin?.user_id,
  );
  if (!row) throw new Error('The demo organization is not there');
  return row.organization_id;
}

async function unlessTaken(create: () => Promise<unknown>): Promise<void> {
  try {
    await create();
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'CONFLICT')) throw error;
  }
}
