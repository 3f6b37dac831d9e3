import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { fromGlobalId, toGlobalId } from '../../src/domain/global-id.ts';
import { mailLimit } from '../../src/domain/identity/account-limits.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import { endMail } from '../../src/domain/mail/end-mail.ts';
import { createPostgresRateLimiter } from '../../src/infra/broker/rate-limiter.ts';
import { type Agency, addOrganization, findActor } from '../support/agency.ts';
import { type Answer, ask } from '../support/ask.ts';
import { createGraph } from '../support/graph.ts';
import { gatherPeople, type People, password } from '../support/people.ts';

let people: People;
let agency: Agency;

beforeAll(async () => {
  people = await gatherPeople();
  agency = people.agency;
});
afterAll(() => people.close());

describe('an invitation', () => {
  test('lets somebody choose a name and a password, once, and is in the audit log', async () => {
    const email = 'Newcomer@Client.example';
    const { invitation } = await people.invite(agency.actor, {
      email,
      role: 'CLIENT',
      clientIds: [toGlobalId('Client', people.client.id)],
    });
    expect(invitation).toMatchObject({
      email: 'newcomer@client.example',
      status: 'PENDING',
      mailStatus: 'QUEUED',
      clients: [{ name: 'Acme' }],
    });
    const token = await people.tokenTo('newcomer@client.example');
    const offer = await people.told(
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
      expect(await people.accept({ token, ...wrong })).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: [field],
      });
    }
    expect(await people.accept({ token, name: 'New Comer', password })).toEqual({
      email: 'newcomer@client.example',
    });
    expect(await people.accept({ token, name: 'Another', password })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: ['token'],
    });
    const { viewer } = await people.signIn(email, password);
    expect(viewer).toMatchObject({ role: 'CLIENT', clientIds: [people.client.id] });

    const [id] = await people.rows<{ id: string }>(
      'select id from invitations order by created_at desc limit 1',
    );
    expect(await people.actions(id?.id ?? '')).toEqual(['CREATE', 'ACCEPT']);
    const stored = JSON.stringify([
      await people.rows('select * from invitations'),
      await people.rows('select * from audit_log'),
      await people.rows('select * from job_runs'),
      await people.rows('select name_ciphertext from users'),
    ]);
    for (const secret of [token, 'newcomer@client', 'New Comer'])
      expect(stored).not.toContain(secret);
  });

  test('adds a membership to who has an account elsewhere, whose password it cannot set', async () => {
    const other = await addOrganization(agency, { email: 'boss@elsewhere.example', password });
    const email = 'boss@elsewhere.example';
    const { invitation } = await people.invite(agency.actor, { email, role: 'ANALYST' });
    expect(invitation).toMatchObject({ status: 'PENDING', clients: null });
    const token = await people.tokenTo(email);
    expect(
      await people.accept({ token, name: 'Eve', password: 'nine iron horseshoes' }),
    ).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: ['name'],
    });
    expect(await people.accept({ token, password: 'nine iron horseshoes' })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: ['password'],
    });
    expect(await people.accept({ token })).toEqual({ email });
    const memberships = await agency.database.call(
      'find_memberships',
      (await findActor(agency.database, other)).userId,
    );
    expect(memberships).toMatchObject([{ role: 'OWNER' }, { role: 'ANALYST' }]);
    expect(await people.invite(agency.actor, { email, role: 'ADMIN' })).toMatchObject({
      code: 'CONFLICT',
      fields: ['email'],
    });
  });

  test('can be sent again, which makes the first link void, and revoked', async () => {
    const email = 'slow@client.example';
    const input = { email, role: 'ANALYST', idempotencyKey: 'slow' };
    const [{ invitation }, again] = [
      await people.invite(agency.actor, input),
      await people.invite(agency.actor, input),
    ];
    expect(again.invitation.id).toBe(invitation.id);
    expect(await people.invite(agency.actor, { email, role: 'ANALYST' })).toMatchObject({
      code: 'CONFLICT',
      fields: ['email'],
    });
    const [first] = await people.lettersTo(email);
    const resend = () =>
      people.byId(agency.actor, 'resendInvitation', invitation.id, 'invitation { mailStatus }');
    // While its mail is on its way, nothing changes.
    await resend();
    expect(await people.lettersTo(email)).toHaveLength(1);
    await people.markSent(first?.id ?? '');
    expect(await resend()).toEqual({ invitation: { mailStatus: 'QUEUED' } });
    const person = { name: 'Slow', password };
    expect(await people.accept({ token: first?.token, ...person })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: ['token'],
    });
    const token = await people.tokenTo(email);
    for (const _ of [1, 2]) {
      const revoked = await people.byId(
        agency.actor,
        'revokeInvitation',
        invitation.id,
        'invitation { status mailStatus }',
      );
      expect(revoked).toEqual({ invitation: { status: 'REVOKED', mailStatus: 'CANCELLED' } });
    }
    expect(await people.accept({ token, ...person })).toMatchObject({
      fields: ['token'],
      message: 'The invitation was revoked.',
    });
    expect(await resend()).toMatchObject({ code: 'CONFLICT' });
  });

  test.each(['QUEUED', 'FAILED'] as const)(
    'expires, which makes room for another, and keeps its mail, %s, from being sent',
    async (mailStatus) => {
      const email = `late-${mailStatus.toLowerCase()}@client.example`;
      await people.invite(agency.actor, { email, role: 'ANALYST' });
      const token = await people.tokenTo(email);
      const [letter] = await people.lettersTo(email);
      if (mailStatus === 'FAILED') {
        await agency.database.withTenant(agency.tenant, (em) =>
          endMail(em, letter?.id ?? '', 'FAILED'),
        );
      }
      await people.rows(`update invitations set expires_at = now() where email_index = ?`, [
        agency.cipher.blindIndex(email),
      ]);
      expect(await people.accept({ token, name: 'Late', password })).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: ['token'],
      });
      expect(await people.invite(agency.actor, { email, role: 'ANALYST' })).toMatchObject({
        invitation: { status: 'PENDING' },
      });
      expect(
        await people.rows('select status, letter_ciphertext from mails where id = ?', [letter?.id]),
      ).toEqual([{ status: 'CANCELLED', letter_ciphertext: null }]);
    },
  );

  test('of one person is made once, however many invite them at the same time', async () => {
    const text =
      'mutation ($input: InviteUserInput!) { inviteUser(input: $input) { invitation { id } } }';
    const input = { email: 'wanted@client.example', role: 'ANALYST' };
    const answers = await people.toldAtOnce([
      [agency.actor, text, { input }],
      [agency.actor, text, { input }],
    ]);
    expect(answers.filter(({ code }) => !code)).toHaveLength(1);
    expect(answers.find(({ code }) => code)).toMatchObject({ code: 'CONFLICT', fields: ['email'] });
  });

  test('makes who became a member meanwhile nothing else, and says so', async () => {
    const email = 'meanwhile@elsewhere.example';
    const other = await addOrganization(agency, { email, password });
    const { userId } = await findActor(agency.database, other);
    const { invitation } = await people.invite(agency.actor, { email, role: 'ADMIN' });
    const sql = `insert into memberships (organization_id, user_id, role) values (app_organization(), ?, 'ANALYST')`;
    await people.rows(sql, [userId]);
    const token = await people.tokenTo(email);
    // A link is no way round an administrator who deactivated them.
    await people.rows('update memberships set disabled_at = now() where user_id = ?', [userId]);
    expect(await people.accept({ token })).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('You are deactivated in this organization'),
    });
    await people.rows('update memberships set disabled_at = null where user_id = ?', [userId]);
    expect(await people.accept({ token })).toEqual({ email });
    const [entry] = await people.rows(
      `select after from audit_log where action = 'ACCEPT' and after ->> 'role' is not null
       and entity_id = (select id from invitations where email_index = ?)`,
      [agency.cipher.blindIndex(email)],
    );
    expect(invitation).toMatchObject({ role: 'ADMIN' });
    expect(entry).toMatchObject({ after: { role: 'ANALYST' } });
  });

  test('is refused once an organization had as many mailed as it may in a day', async () => {
    const pool = new Pool({ connectionString: agency.urls.serverUrl });
    const limiter = createPostgresRateLimiter(pool);
    const graph = await createGraph(agency, limiter);
    const { organizationId } = agency.tenant;
    for (let mail = 1; mail < mailLimit.points; mail++) {
      await limiter.consume(mailLimit, organizationId);
    }
    const text =
      'mutation ($input: InviteUserInput!) { inviteUser(input: $input) { invitation { id } } }';
    const codeFor = async (email: string) => {
      const { error } = await ask(graph, agency.actor, text, { input: { email, role: 'ANALYST' } });
      return (error as { code?: string } | undefined)?.code;
    };
    // What is refused mails nobody.
    expect(await codeFor('nobody')).toBe('BAD_USER_INPUT');
    expect(await codeFor('last@client.example')).toBeUndefined();
    expect(await codeFor('one-more@client.example')).toBe('RATE_LIMITED');
    await graph.close();
    await pool.end();
  });

  test('of an owner is revoked and sent again by owners alone', async () => {
    const admin = await people.addMember('ADMIN');
    const { invitation } = await people.invite(agency.actor, {
      email: 'boss@new.example',
      role: 'OWNER',
    });
    for (const mutation of ['resendInvitation', 'revokeInvitation']) {
      const answer = await people.byId(admin, mutation, invitation.id, 'invitation { id }');
      expect(answer).toMatchObject({ code: 'FORBIDDEN' });
    }
  });

  test('is void once who invited is taken out, kept out, or given less to do', async () => {
    const { actor: owner } = agency;
    const ways = {
      removeMembership: 'mutation ($id: ID!) { removeMembership(id: $id) { removedId } }',
      deactivateUser: 'mutation ($id: ID!) { deactivateUser(id: $id) { membership { id } } }',
      changeMembership:
        'mutation ($id: ID!) { changeMembership(input: { id: $id, role: ANALYST }) { membership { id } } }',
    };
    for (const [way, text] of Object.entries(ways)) {
      const admin = await people.addMember('ADMIN');
      const email = `${way.toLowerCase()}@back.example`;
      const { invitation } = await people.invite(admin, { email, role: 'ADMIN' });
      const token = await people.tokenTo(email);
      await people.told(owner, text, { id: toGlobalId('Membership', admin.membershipId) });
      expect(await people.accept({ token, name: 'Back Again', password })).toMatchObject({
        code: 'BAD_USER_INPUT',
        message: 'The invitation was revoked.',
      });
      expect(await people.actions(fromGlobalId('Invitation', invitation.id, 'id'))).toEqual([
        'CREATE',
        'REVOKE',
      ]);
    }
  });

  test('is accepted once, however many try at the same time', async () => {
    const email = 'twice@client.example';
    await people.invite(agency.actor, { email, role: 'ANALYST' });
    const token = await people.tokenTo(email);
    const text =
      'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { email } }';
    const input = { token, name: 'Twice', password };
    const answers = await people.toldAtOnce([
      [agency.actor, text, { input }],
      [agency.actor, text, { input }],
    ]);
    expect(answers.filter(({ code }) => !code)).toHaveLength(1);
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
    expect(await people.invite(agency.actor, input)).toMatchObject({ code, fields });
  });

  test.each([
    ['ANALYST', 'ANALYST', 'FORBIDDEN'],
    ['CLIENT', 'ANALYST', 'FORBIDDEN'],
    ['ADMIN', 'OWNER', 'FORBIDDEN'],
    ['ADMIN', 'ADMIN', undefined],
    ['OWNER', 'OWNER', undefined],
  ] as const)('by a viewer with the role %s to the role %s: %s', async (by, role, code) => {
    const viewer = await people.addMember(by);
    expect((await people.invite(viewer, { email: `${randomUUID()}@b.example`, role })).code).toBe(
      code,
    );
  });

  test('is listed for administrators, page by page, and not to be had by others', async () => {
    const list = (viewer: Viewer, after = '') =>
      people.told(
        viewer,
        `{ invitations(first: 2${after}) { edges { node { id email status } } pageInfo { endCursor hasNextPage } } }`,
      );
    const first = await list(agency.actor);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await list(agency.actor, `, after: "${first.pageInfo.endCursor}"`);
    const ids = [...first.edges, ...second.edges].map(({ node }: Answer) => node.id);
    expect(new Set(ids).size).toBe(4);
    expect(await list(await people.addMember('ANALYST'))).toMatchObject({ code: 'FORBIDDEN' });
    const other = await addOrganization(agency, { email: 'third@elsewhere.example', password });
    const stranger = await findActor(agency.database, other);
    expect((await list(stranger)).edges).toEqual([]);
    for (const mutation of ['resendInvitation', 'revokeInvitation']) {
      expect(await people.byId(stranger, mutation, ids[0], 'invitation { id }')).toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    expect(await people.told(stranger, `{ node(id: "${ids[0]}") { id } }`)).toBeNull();
  });
});
