import { randomUUID } from 'node:crypto';
import type { Client } from '../../src/domain/client/client.entity.ts';
import { createUser } from '../../src/domain/identity/create-user.ts';
import type { Role } from '../../src/domain/identity/membership.entity.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import { endMail } from '../../src/domain/mail/end-mail.ts';
import type { SealedLetter } from '../../src/domain/mail/queue-mail.ts';
import { toGlobalId } from '../../src/schema/global-id.ts';
import {
  type Agency,
  addClient,
  addOrganization,
  createAgency,
  findActor,
} from '../support/agency.ts';
import { type Answer, ask } from '../support/ask.ts';
import { openAuthenticator } from '../support/authenticator.ts';
import { createGraph } from '../support/graph.ts';

const password = 'seven wooden ducklings';

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let signIn: Awaited<ReturnType<typeof openAuthenticator>>;
let client: Client;
let made = 0;

beforeAll(async () => {
  agency = await createAgency();
  [graph, signIn, client] = await Promise.all([
    createGraph(agency),
    openAuthenticator(agency),
    addClient(agency),
  ]);
});
afterAll(async () => {
  await Promise.all([graph.close(), signIn.close()]);
  await agency.close();
});

/** One who asks, in the agency. */
async function addMember(
  role: Role,
  tenant = agency.tenant,
): Promise<Viewer & { membershipId: string; email: string }> {
  made += 1;
  const email = `${role.toLowerCase()}-${made}@agency.example`;
  const clientIds = role === 'CLIENT' ? [client.id] : [];
  const { organizationId } = tenant;
  const user = await agency.database.withTenant(tenant, (em) =>
    createUser(em, agency.cipher, { organizationId, email, password, role, clientIds }),
  );
  const [row] = await rows<{ id: string }>(
    'select id from memberships where user_id = ?',
    [user.id],
    tenant,
  );
  const bound = role === 'CLIENT' ? clientIds : null;
  return {
    organizationId,
    clientIds: bound,
    userId: user.id,
    email,
    role,
    membershipId: row?.id ?? '',
  };
}

const rows = <Row extends object>(sql: string, values: unknown[] = [], tenant = agency.tenant) =>
  agency.database.withTenant(tenant, (em) => em.execute<Row[]>(sql, values));

/** What an answer holds, or which error it is. */
async function told(viewer: Viewer, text: string, variables: object = {}): Promise<Answer> {
  const { data, error } = await ask(graph, viewer, text, variables);
  const { code, fields, message } = (error ?? {}) as Answer;
  return error ? { code, fields, message } : (Object.values(data)[0] as Answer);
}

const invite = (viewer: Viewer, input: object) =>
  told(
    viewer,
    `mutation ($input: InviteUserInput!) { inviteUser(input: $input) {
       invitation { id email role status mailStatus clients { name } } } }`,
    { input },
  );
const accept = (input: object) =>
  told(
    agency.actor,
    'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { email } }',
    { input },
  );
const byId = (viewer: Viewer, mutation: string, id: string, selection: string) =>
  told(viewer, `mutation ($id: ID!) { ${mutation}(id: $id) { ${selection} } }`, { id });
const change = (viewer: Viewer, input: object) =>
  told(
    viewer,
    `mutation ($input: ChangeMembershipInput!) { changeMembership(input: $input) { membership { role clients { id } } } }`,
    { input },
  );

/** The letters that wait to be sent to an email, the latest last. */
async function lettersTo(email: string, tenant = agency.tenant) {
  const mails = await rows<{ id: string; letter_ciphertext: string }>(
    `select id, letter_ciphertext from mails where status = 'QUEUED' order by created_at`,
    [],
    tenant,
  );
  return mails.flatMap(({ id, letter_ciphertext }) => {
    const { to, letter } = JSON.parse(agency.cipher.decrypt(letter_ciphertext)) as SealedLetter;
    return to === email ? [{ id, ...letter, token: 'token' in letter ? letter.token : '' }] : [];
  });
}
const tokenTo = async (email: string, tenant = agency.tenant) =>
  (await lettersTo(email, tenant)).at(-1)?.token ?? '';
/** As its job would, once the server took it. */
const markSent = (id: string) =>
  agency.database.withTenant(agency.tenant, (em) => endMail(em, id, 'SENT'));
const actions = async (entityId: string) =>
  (
    await rows<{ action: string }>('select action from audit_log where entity_id = ? order by at', [
      entityId,
    ])
  ).map(({ action }) => action);

describe('an invitation', () => {
  test('lets somebody choose a name and a password, once, and is in the audit log', async () => {
    const email = 'Newcomer@Client.example';
    const { invitation } = await invite(agency.actor, {
      email,
      role: 'CLIENT',
      clientIds: [toGlobalId('Client', client.id)],
    });
    expect(invitation).toMatchObject({
      email: 'newcomer@client.example',
      status: 'PENDING',
      mailStatus: 'QUEUED',
      clients: [{ name: 'Acme' }],
    });
    const token = await tokenTo('newcomer@client.example');
    const offer = await told(
      agency.actor,
      `{ invitationOffer(token: "${token}") { organizationName email role hasAccount } }`,
    );
    expect(offer).toEqual({
      organizationName: 'Agency',
      email: 'newcomer@client.example',
      role: 'CLIENT',
      hasAccount: false,
    });

    for (const [wrong, field] of [
      [{ name: 'New Comer' }, 'password'],
      [{ password }, 'name'],
      [{ name: ' ', password }, 'name'],
      [{ name: 'New Comer', password: 'too short' }, 'password'],
      [{ name: 'New Comer', password: 'Password1234!' }, 'password'],
      [{ name: 'New Comer', password: 'newcomer2026!' }, 'password'],
    ] as const) {
      expect(await accept({ token, ...wrong })).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [field],
      });
    }
    expect(await accept({ token, name: 'New Comer', password })).toEqual({
      email: 'newcomer@client.example',
    });
    expect(await accept({ token, name: 'Another', password })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: ['token'],
    });
    const { viewer } = await signIn.signIn(email, password, null);
    expect(viewer).toMatchObject({ role: 'CLIENT', clientIds: [client.id] });

    const [id] = await rows<{ id: string }>(
      'select id from invitations order by created_at desc limit 1',
    );
    expect(await actions(id?.id ?? '')).toEqual(['CREATE', 'ACCEPT']);
    const stored = JSON.stringify([
      await rows('select * from invitations'),
      await rows('select * from audit_log'),
      await rows('select * from job_runs'),
      await rows('select name_ciphertext from users'),
    ]);
    for (const secret of [token, 'newcomer@client', 'New Comer'])
      expect(stored).not.toContain(secret);
  });

  test('adds a membership to who has an account elsewhere, whose password it cannot set', async () => {
    const other = await addOrganization(agency, { email: 'boss@elsewhere.example', password });
    const email = 'boss@elsewhere.example';
    const { invitation } = await invite(agency.actor, { email, role: 'ANALYST' });
    expect(invitation).toMatchObject({ status: 'PENDING', clients: null });
    const token = await tokenTo(email);
    expect(await accept({ token, name: 'Eve', password: 'nine iron horseshoes' })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: ['name'],
    });
    expect(await accept({ token, password: 'nine iron horseshoes' })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: ['password'],
    });
    expect(await accept({ token })).toEqual({ email });
    const memberships = await agency.database.call(
      'find_memberships',
      (await findActor(agency.database, other)).userId,
    );
    expect(memberships).toMatchObject([{ role: 'OWNER' }, { role: 'ANALYST' }]);
    expect(await invite(agency.actor, { email, role: 'ADMIN' })).toMatchObject({
      code: 'CONFLICT',
      fields: ['email'],
    });
  });

  test('can be sent again, which makes the first link void, and revoked', async () => {
    const email = 'slow@client.example';
    const input = { email, role: 'ANALYST', idempotencyKey: 'slow' };
    const [{ invitation }, again] = [
      await invite(agency.actor, input),
      await invite(agency.actor, input),
    ];
    expect(again.invitation.id).toBe(invitation.id);
    expect(await invite(agency.actor, { email, role: 'ANALYST' })).toMatchObject({
      code: 'CONFLICT',
      fields: ['email'],
    });
    const [first] = await lettersTo(email);
    const resend = () =>
      byId(agency.actor, 'resendInvitation', invitation.id, 'invitation { mailStatus }');
    // While its mail is on its way, nothing changes.
    await resend();
    expect(await lettersTo(email)).toHaveLength(1);
    await markSent(first?.id ?? '');
    expect(await resend()).toEqual({ invitation: { mailStatus: 'QUEUED' } });
    const person = { name: 'Slow', password };
    expect(await accept({ token: first?.token, ...person })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: ['token'],
    });
    const token = await tokenTo(email);
    for (const _ of [1, 2]) {
      const revoked = await byId(
        agency.actor,
        'revokeInvitation',
        invitation.id,
        'invitation { status mailStatus }',
      );
      expect(revoked).toEqual({ invitation: { status: 'REVOKED', mailStatus: 'CANCELLED' } });
    }
    expect(await accept({ token, ...person })).toMatchObject({
      fields: ['token'],
      message: 'The invitation was revoked.',
    });
    expect(await resend()).toMatchObject({ code: 'CONFLICT' });
  });

  test('expires, which makes room for another', async () => {
    const email = 'late@client.example';
    await invite(agency.actor, { email, role: 'ANALYST' });
    const token = await tokenTo(email);
    await rows(`update invitations set expires_at = now() where email_index = ?`, [
      agency.cipher.blindIndex(email),
    ]);
    expect(await accept({ token, name: 'Late', password })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: ['token'],
    });
    expect(await invite(agency.actor, { email, role: 'ANALYST' })).toMatchObject({
      invitation: { status: 'PENDING' },
    });
  });

  test('is accepted once, however many try at the same time', async () => {
    const email = 'twice@client.example';
    await invite(agency.actor, { email, role: 'ANALYST' });
    const token = await tokenTo(email);
    // Each asks on a graph of its own: one graph is asked one thing at a time.
    const graphs = await Promise.all([createGraph(agency), createGraph(agency)]);
    const text =
      'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { email } }';
    const input = { token, name: 'Twice', password };
    const answers = await Promise.all(
      graphs.map((each) => ask(each, agency.actor, text, { input })),
    );
    expect(answers.filter(({ error }) => !error)).toHaveLength(1);
    await Promise.all(graphs.map((each) => each.close()));
  });

  test.each([
    ['no email', { email: 'nobody', role: 'ANALYST' }, 'BAD_USER_INPUT', ['email']],
    [
      'a CLIENT of no client',
      { email: 'a@b.example', role: 'CLIENT' },
      'BAD_USER_INPUT',
      ['clientIds'],
    ],
    [
      'a foreign client',
      { email: 'a@b.example', role: 'CLIENT', clientIds: [toGlobalId('Client', randomUUID())] },
      'NOT_FOUND',
      [],
    ],
  ])('of %s is refused', async (_, input, code, fields) => {
    expect(await invite(agency.actor, input)).toMatchObject({ code, fields });
  });

  test.each([
    ['ANALYST', 'ANALYST', 'FORBIDDEN'],
    ['CLIENT', 'ANALYST', 'FORBIDDEN'],
    ['ADMIN', 'OWNER', 'FORBIDDEN'],
    ['ADMIN', 'ADMIN', undefined],
    ['OWNER', 'OWNER', undefined],
  ] as const)('by a viewer with the role %s to the role %s: %s', async (by, role, code) => {
    made += 1;
    const viewer = await addMember(by);
    expect((await invite(viewer, { email: `role-${made}@b.example`, role })).code).toBe(code);
  });

  test('is listed for administrators, page by page, and not to be had by others', async () => {
    const list = (viewer: Viewer, after = '') =>
      told(
        viewer,
        `{ invitations(first: 2${after}) { edges { node { id email status } } pageInfo { endCursor hasNextPage } } }`,
      );
    const first = await list(agency.actor);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await list(agency.actor, `, after: "${first.pageInfo.endCursor}"`);
    const ids = [...first.edges, ...second.edges].map(({ node }: Answer) => node.id);
    expect(new Set(ids).size).toBe(4);
    expect(await list(await addMember('ANALYST'))).toMatchObject({ code: 'FORBIDDEN' });
    const other = await addOrganization(agency, { email: 'third@elsewhere.example', password });
    const stranger = await findActor(agency.database, other);
    expect((await list(stranger)).edges).toEqual([]);
    for (const mutation of ['resendInvitation', 'revokeInvitation']) {
      expect(await byId(stranger, mutation, ids[0], 'invitation { id }')).toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    expect(await told(stranger, `{ node(id: "${ids[0]}") { id } }`)).toBeNull();
  });
});

describe('a membership', () => {
  const idOf = ({ membershipId }: { membershipId: string }) =>
    toGlobalId('Membership', membershipId);
  const remove = (viewer: Viewer, id: string) => byId(viewer, 'removeMembership', id, 'removedId');

  test('is changed by who stands above it; nobody raises themselves; it leaves one audit row', async () => {
    const [admin, analyst, owner] = [
      await addMember('ADMIN'),
      await addMember('ANALYST'),
      await addMember('OWNER'),
    ];
    const clientIds = [toGlobalId('Client', client.id)];
    for (const _ of [1, 2]) {
      expect(await change(admin, { id: idOf(analyst), role: 'CLIENT', clientIds })).toEqual({
        membership: { role: 'CLIENT', clients: [{ id: clientIds[0] }] },
      });
    }
    expect(await actions(analyst.membershipId)).toEqual(['UPDATE']);
    expect(await change(admin, { id: idOf(analyst), role: 'ADMIN' })).toMatchObject({
      membership: { clients: null },
    });
    for (const [viewer, target, role] of [
      [admin, admin, 'OWNER'],
      [admin, analyst, 'ANALYST'],
      [admin, owner, 'ADMIN'],
    ] as const) {
      expect(await change(viewer, { id: idOf(target), role })).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(await change(owner, { id: idOf(admin), role: 'OWNER' })).toMatchObject({
      membership: { role: 'OWNER' },
    });
    expect(
      await change({ ...analyst, role: 'ANALYST' }, { id: idOf(analyst), role: 'ADMIN' }),
    ).toMatchObject({ code: 'FORBIDDEN' });
    expect(await change(owner, { id: idOf(owner), clientIds })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: ['clientIds'],
    });
  });

  test('of the last owner stays, even where two leave at once', async () => {
    const tenant = await addOrganization(agency, { email: 'last@owner.example', password });
    const owner = await findActor(agency.database, tenant);
    const [own] = await rows<{ id: string }>('select id from memberships', [], tenant);
    const id = toGlobalId('Membership', own?.id ?? '');
    for (const answer of [await remove(owner, id), await change(owner, { id, role: 'ADMIN' })]) {
      expect(answer).toMatchObject({ code: 'CONFLICT', fields: ['id'] });
    }
    const second = await addMember('OWNER', tenant);
    const graphs = await Promise.all([createGraph(agency), createGraph(agency)]);
    const text = 'mutation ($id: ID!) { removeMembership(id: $id) { removedId } }';
    const answers = await Promise.all([
      ask(graphs[0], owner, text, { id }),
      ask(graphs[1], second, text, { id: idOf(second) }),
    ]);
    expect(answers.filter(({ error }) => !error)).toHaveLength(1);
    expect(await rows('select from memberships', [], tenant)).toHaveLength(1);
    await Promise.all(graphs.map((each) => each.close()));
  });

  test('that is removed ends at once, is removed only once, and can be given again', async () => {
    const [admin, analyst, other] = [
      await addMember('ADMIN'),
      await addMember('ANALYST'),
      await addMember('ADMIN'),
    ];
    const { token } = await signIn.signIn(analyst.email, password, null);
    for (const _ of [1, 2])
      expect(await remove(admin, idOf(analyst))).toEqual({ removedId: idOf(analyst) });
    expect(await actions(analyst.membershipId)).toEqual(['REMOVE']);
    await expect(signIn.authenticate(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(signIn.signIn(analyst.email, password, null)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    expect(await remove(admin, idOf(other))).toMatchObject({ code: 'FORBIDDEN' });
    expect(await remove(admin, toGlobalId('Membership', randomUUID()))).toMatchObject({
      code: 'NOT_FOUND',
    });

    await invite(admin, { email: analyst.email, role: 'ANALYST' });
    expect(await accept({ token: await tokenTo(analyst.email) })).toEqual({ email: analyst.email });
    expect((await signIn.signIn(analyst.email, password, null)).viewer.role).toBe('ANALYST');
  });

  test('is listed with its email and name for administrators, and for nobody else', async () => {
    const text = '{ memberships(first: 1) { edges { node { role email name } } } }';
    const newest = await addMember('ADMIN');
    expect(await told(newest, text)).toEqual({
      edges: [{ node: { role: 'ADMIN', email: newest.email, name: null } }],
    });
    expect(await told(await addMember('ANALYST'), text)).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('a password', () => {
  const request = async (email: string) => {
    const answer = await told(
      agency.actor,
      'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }',
      { input: { email } },
    );
    await graph.settled();
    return answer;
  };
  const reset = (input: object) =>
    told(
      agency.actor,
      'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { changed } }',
      { input },
    );
  const next = 'four tin trumpets';

  test('that was forgotten is set by a mailed link, once, which makes all other links void', async () => {
    const { email, userId } = await addMember('ANALYST');
    expect(await request(email.toUpperCase())).toEqual({ accepted: true });
    const [first] = await lettersTo(email);
    // One that is on its way is enough.
    await request(email);
    expect(await lettersTo(email)).toHaveLength(1);
    await markSent(first?.id ?? '');
    await request(email);
    const token = await tokenTo(email);
    expect(await reset({ token, password: 'qwertyuiop123' })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: ['password'],
    });
    expect(await reset({ token, password: next })).toEqual({ changed: true });
    for (const used of [token, first?.token]) {
      expect(await reset({ token: used, password: next })).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: ['token'],
      });
    }
    await expect(signIn.signIn(email, password, null)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    await signIn.signIn(email, next, null);
    expect((await lettersTo(email)).map(({ kind }) => kind)).toContain('PASSWORD_CHANGED');
    expect(await actions(userId ?? '')).toEqual([
      'ASK_PASSWORD_RESET',
      'ASK_PASSWORD_RESET',
      'RESET_PASSWORD',
    ]);
  });

  test('of nobody is asked for with the same answer, and nothing is written', async () => {
    const count = async () =>
      (await rows('select from mails')).length + (await rows('select from job_runs')).length;
    const before = await count();
    expect(await request('nobody@agency.example')).toEqual({ accepted: true });
    expect(await request('not an email')).toEqual({ accepted: true });
    expect(await count()).toBe(before);
  });

  test('is not set by a link that has expired, or that nobody mailed', async () => {
    const { email } = await addMember('ANALYST');
    await request(email);
    const token = await tokenTo(email);
    await rows('update password_resets set expires_at = now() where ended_at is null');
    for (const wrong of [token, 'made-up', '']) {
      expect(await reset({ token: wrong, password: next })).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: ['token'],
      });
    }
  });

  test('of a member is reset by who stands above them; never by another administrator', async () => {
    const [admin, other, analyst] = [
      await addMember('ADMIN'),
      await addMember('ADMIN'),
      await addMember('ANALYST'),
    ];
    const resetOf = (viewer: Viewer, { membershipId }: { membershipId: string }) =>
      byId(
        viewer,
        'resetMemberPassword',
        toGlobalId('Membership', membershipId),
        'membership { email }',
      );
    expect(await resetOf(admin, analyst)).toEqual({ membership: { email: analyst.email } });
    expect((await lettersTo(analyst.email))[0]).toMatchObject({
      kind: 'PASSWORD_RESET',
      isByAdmin: true,
    });
    // Until the link is used, the password stays.
    await signIn.signIn(analyst.email, password, null);
    expect(await resetOf(admin, other)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await lettersTo(other.email)).toEqual([]);
    expect(await resetOf(agency.actor, other)).toEqual({ membership: { email: other.email } });
    expect(await resetOf(admin, admin)).toEqual({ membership: { email: admin.email } });
    const tenant = await addOrganization(agency, { email: 'fourth@elsewhere.example', password });
    const stranger = await findActor(agency.database, tenant);
    expect(await resetOf(stranger, analyst)).toMatchObject({ code: 'NOT_FOUND' });
  });
});
