import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/domain/audit-log/record-change.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import { createUser } from '../../src/domain/identity/create-user.ts';
import { deactivateUser, reactivateUser } from '../../src/domain/identity/deactivate-user.ts';
import type { Role } from '../../src/domain/identity/membership.entity.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import { dropOldSessions } from '../../src/domain/session/drop-old-sessions.ts';
import {
  type Agency,
  addClient,
  addOrganization,
  createAgency,
  findActor,
} from '../support/agency.ts';
import { ask } from '../support/ask.ts';
import { openAuthenticator } from '../support/authenticator.ts';
import { createGraph } from '../support/graph.ts';
import { runAs } from '../support/test-services.ts';

let agency: Agency;
let graph: Awaited<ReturnType<typeof createGraph>>;
let authenticator: Awaited<ReturnType<typeof openAuthenticator>>;

beforeAll(async () => {
  agency = await createAgency();
  graph = await createGraph(agency);
  authenticator = await openAuthenticator(agency);
});
afterAll(async () => {
  await authenticator.close();
  await graph.close();
  await agency.close();
});

const origin = { requestId: 'test', ip: '192.0.2.1', userAgent: 'jest' };
const ended = { code: 'UNAUTHENTICATED', message: 'This session has ended; sign in again.' };
const out = { code: 'UNAUTHENTICATED', message: 'This access has ended.' };
const write: Agency['database']['withTenant'] = (tenant, fn) =>
  agency.database.withTenant(tenant, fn);
const signIn = (user = agency.owner) => authenticator.signIn(user, origin);
const refresh = (token: string) => authenticator.refresh(token, origin);
const sessionOf = ({ session }: Viewer) => session?.id ?? '';

/** Somebody of the agency, with their place in it. */
async function addUser(role: Role) {
  const user = { email: `${randomUUID()}@agency.example`, password: 'a quite long password' };
  const { organizationId } = agency.tenant;
  const clientIds = role === 'CLIENT' ? [(await addClient(agency, randomUUID())).id] : [];
  const userId = await write(agency.tenant, async (em) => {
    const { id } = await createUser(em, agency.cipher, {
      organizationId,
      role,
      clientIds,
      ...user,
    });
    return id;
  });
  const [membership] = await write(agency.tenant, (em) =>
    em.execute<{ id: string }[]>('select id from memberships where user_id = ?', [userId]),
  );
  const membershipId = membership?.id ?? '';
  return { ...user, userId, membershipId, globalId: toGlobalId('Membership', membershipId) };
}

/** As the operator could have done it: time passes for the tokens of a session. */
function age(session: string, interval: string) {
  return runAs(
    agency.urls.superuserUrl,
    `with used as (
       update refresh_tokens set used_at = used_at - $2::interval where session_id = $1
     )
     update sessions set created_at = created_at - $2::interval, expires_at = expires_at - $2::interval
     where id = $1`,
    [session, interval],
  );
}

describe('refreshing', () => {
  test('trades a token for the next pair, of the same session', async () => {
    const first = await signIn();
    const second = await refresh(first.refreshToken);
    const third = await refresh(second.refreshToken);
    const tokens = [first, second, third].map(({ refreshToken }) => refreshToken);
    expect(new Set(tokens).size).toBe(3);
    for (const token of tokens) expect(token).toMatch(/^mg_ref_[\w-]{43}$/);
    expect(sessionOf(third.viewer)).toBe(sessionOf(first.viewer));
    for (const { token } of [first, second, third]) {
      await expect(authenticator.authenticate(token)).resolves.toMatchObject({ role: 'OWNER' });
    }
    const stored = await runAs<{ all: string }>(
      agency.urls.superuserUrl,
      `select string_agg(t::text, '') as all from refresh_tokens t`,
    );
    for (const token of tokens) expect(stored[0]?.all).not.toContain(token.slice(7));
  });

  test('a token that comes again once its successor was used ends the session for both', async () => {
    const first = await signIn();
    const thief = await refresh(first.refreshToken);
    const owner = await refresh(thief.refreshToken);
    await expect(refresh(first.refreshToken)).rejects.toMatchObject(ended);
    for (const { refreshToken } of [first, thief, owner]) {
      await expect(refresh(refreshToken)).rejects.toMatchObject(ended);
    }
    await expect(authenticator.authenticate(owner.token)).rejects.toMatchObject(out);
    const entries = await write(agency.tenant, (em) =>
      em.execute(
        `select after, ip from audit_log where action = 'REFRESH_REUSED' and entity_id = ?`,
        [sessionOf(first.viewer)],
      ),
    );
    expect(entries).toEqual([{ after: { userId: first.viewer.userId }, ip: '192.0.2.1' }]);
  });

  test('a token that comes again after a moment ends the session, though nobody used its successor', async () => {
    const first = await signIn();
    const second = await refresh(first.refreshToken);
    await age(sessionOf(first.viewer), '31 seconds');
    await expect(refresh(first.refreshToken)).rejects.toMatchObject(ended);
    await expect(refresh(second.refreshToken)).rejects.toMatchObject(ended);
  });

  test('parallel refreshes of one token by one client get one successor, and the session goes on', async () => {
    const first = await signIn();
    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(first.refreshToken)));
    const successors = new Set(answers.map(({ refreshToken }) => refreshToken));
    expect(successors.size).toBe(1);
    const [successor = ''] = successors;
    await expect(refresh(successor)).resolves.toMatchObject({ viewer: { role: 'OWNER' } });
    const [known] = await runAs<{ tokens: number }>(
      agency.urls.superuserUrl,
      'select count(*)::int as tokens from refresh_tokens where session_id = $1',
      [sessionOf(first.viewer)],
    );
    expect(known?.tokens).toBe(3);
  });

  test('what was never a token is refused, and ends nothing', async () => {
    const { token, refreshToken } = await signIn();
    for (const wrong of [`${refreshToken}x`, `mg_ref_${'A'.repeat(43)}`, token, '', '\0']) {
      await expect(refresh(wrong)).rejects.toMatchObject(ended);
    }
    await expect(refresh(refreshToken)).resolves.toBeDefined();
  });

  test('a session ends when nobody refreshes it for a week, and after a month whatever they do', async () => {
    const idle = await signIn();
    await age(sessionOf(idle.viewer), '7 days');
    await expect(refresh(idle.refreshToken)).rejects.toMatchObject(out);
    await expect(authenticator.authenticate(idle.token)).rejects.toMatchObject(out);

    let busy = await signIn();
    for (let week = 1; week <= 4; week++) {
      await age(sessionOf(busy.viewer), '6 days 20 hours');
      busy = await refresh(busy.refreshToken);
    }
    const left = busy.refreshExpiresAt.getTime() - Date.now();
    expect(left / 86_400_000).toBeCloseTo(30 - (4 * 164) / 24, 1);
    await age(sessionOf(busy.viewer), '3 days');
    await expect(refresh(busy.refreshToken)).rejects.toMatchObject(out);
  });
});

describe('ending sessions', () => {
  test('signing out ends the session that asks, at once, and no other', async () => {
    const [here, elsewhere] = [await signIn(), await signIn()];
    const { data } = await ask(
      graph,
      here.viewer,
      'mutation { signOut { session { ending isCurrent } } }',
    );
    expect(data.signOut.session).toEqual({ ending: 'SIGNED_OUT', isCurrent: true });
    await expect(authenticator.authenticate(here.token)).rejects.toMatchObject(out);
    // More often than the pool has connections: each is given back, and refuses nobody else.
    for (let reading = 0; reading < 5; reading++) {
      const opened = await authenticator.openReading(here.token);
      await expect(opened?.viewer).rejects.toMatchObject(out);
      await expect(opened?.reading.em.execute('select 1')).rejects.toMatchObject(out);
      await opened?.reading.end();
    }
    await expect(refresh(here.refreshToken)).rejects.toMatchObject(ended);
    await expect(authenticator.authenticate(elsewhere.token)).resolves.toBeDefined();
  });

  test('a session is seen and ended by who has it and by admins, and is not there for others', async () => {
    const [analyst, customer, stranger] = [
      await addUser('ANALYST'),
      await addUser('CLIENT'),
      await addOrganization(agency, {
        email: 'owner@else.example',
        password: 'another long password',
      }),
    ];
    const mine = await signIn(analyst);
    const { viewer: other } = await signIn(customer);
    const id = toGlobalId('Session', sessionOf(mine.viewer));
    const revoke = (viewer: Viewer) =>
      ask(
        graph,
        viewer,
        'mutation ($id: ID!) { revokeSession(id: $id) { session { ending membership { email } } } }',
        { id },
      );
    const owner: Actor = await findActor(agency.database, stranger);
    for (const viewer of [other, owner]) {
      expect((await revoke(viewer)).error).toMatchObject({ code: 'NOT_FOUND' });
      const { data } = await ask(
        graph,
        viewer,
        '{ sessions(first: 100) { edges { node { id } } } }',
      );
      expect(JSON.stringify(data)).not.toContain(id);
    }
    await expect(authenticator.authenticate(mine.token)).resolves.toBeDefined();
    const { data } = await revoke(agency.actor);
    expect(data.revokeSession.session).toEqual({
      ending: 'REVOKED',
      membership: { email: analyst.email },
    });
    await expect(authenticator.authenticate(mine.token)).rejects.toMatchObject(out);
  });

  test('a session that ended long ago is deleted, by whomever it was and if they never come back', async () => {
    const analyst = await addUser('ANALYST');
    const [old, recent] = [await signIn(analyst), await signIn(analyst)];
    await age(sessionOf(old.viewer), '98 days');
    await age(sessionOf(recent.viewer), '96 days');
    const drop = () => agency.database.withTenant(agency.tenant, dropOldSessions);
    expect(await drop()).toBe(1);
    expect(await drop()).toBe(0);
    const kept = await agency.database.withTenant(agency.tenant, (em) =>
      em.execute('select id from sessions where user_id = ?', [analyst.userId]),
    );
    expect(kept).toEqual([{ id: sessionOf(recent.viewer) }]);
  });

  test("the list tells one's own devices; an admin's view, those of a member or of everybody", async () => {
    const analyst = await addUser('ANALYST');
    const [first, second] = [await signIn(analyst), await signIn(analyst)];
    await ask(graph, first.viewer, 'mutation { signOut { session { id } } }');
    await age(sessionOf((await signIn(analyst)).viewer), '8 days');
    const query = `query ($membershipId: ID, $everybody: Boolean, $includeEnded: Boolean) {
      sessions(membershipId: $membershipId, everybody: $everybody, includeEnded: $includeEnded) {
        edges { node { userAgent ip isCurrent ending membership { email } lastUsedAt } }
      }
    }`;
    const list = async (viewer: Viewer, variables = {}) => {
      const { data, error } = await ask(graph, viewer, query, variables);
      if (error) throw error;
      return data.sessions.edges.map(({ node }: { node: object }) => node);
    };
    expect(await list(second.viewer)).toEqual([
      expect.objectContaining({
        userAgent: 'jest',
        ip: '192.0.2.1',
        isCurrent: true,
        ending: null,
      }),
    ]);
    expect(await list(second.viewer, { includeEnded: true })).toHaveLength(3);
    expect(await list(agency.actor, { membershipId: analyst.globalId })).toEqual([
      expect.objectContaining({ isCurrent: false, membership: { email: analyst.email } }),
    ]);
    expect((await list(agency.actor, { everybody: true })).length).toBeGreaterThan(1);
    await expect(list(second.viewer, { everybody: true })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const { globalId } = await addUser('ADMIN');
    await expect(list(second.viewer, { membershipId: globalId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('all of a member, all but the one that asks, and all of the organization', async () => {
    const analyst = await addUser('ANALYST');
    const [kept, ...others] = [await signIn(analyst), await signIn(analyst), await signIn(analyst)];
    const revokeAll =
      'mutation ($input: RevokeSessionsInput!) { revokeAllSessions(input: $input) { sessions } }';
    const { data } = await ask(graph, kept.viewer, revokeAll, { input: { keepsCurrent: true } });
    expect(data.revokeAllSessions.sessions).toBe(2);
    for (const { token } of others) {
      await expect(authenticator.authenticate(token)).rejects.toMatchObject(out);
    }
    const input = { membershipId: analyst.globalId };
    const byClient = await ask(graph, (await signIn(await addUser('CLIENT'))).viewer, revokeAll, {
      input,
    });
    expect(byClient.error).toMatchObject({ code: 'NOT_FOUND' });
    await expect(authenticator.authenticate(kept.token)).resolves.toBeDefined();
    expect(
      (await ask(graph, agency.actor, revokeAll, { input })).data.revokeAllSessions.sessions,
    ).toBe(1);
    await expect(authenticator.authenticate(kept.token)).rejects.toMatchObject(out);

    const everybody = [await signIn(), await signIn(analyst)];
    const byAnalyst = await ask(
      graph,
      everybody[1]?.viewer as Viewer,
      'mutation { revokeOrganizationSessions { sessions } }',
    );
    expect(byAnalyst.error).toMatchObject({ code: 'FORBIDDEN' });
    await ask(graph, agency.actor, 'mutation { revokeOrganizationSessions { sessions } }');
    for (const { token } of everybody) {
      await expect(authenticator.authenticate(token)).rejects.toMatchObject(out);
    }
  });

  test('what sockets were opened with is found when it stands no more', async () => {
    const [stands, ends] = [await signIn(), await signIn()];
    await ask(graph, ends.viewer, 'mutation { signOut { session { id } } }');
    const never = randomUUID();
    const sessionIds = [stands, ends].map(({ viewer }) => sessionOf(viewer));
    expect(await authenticator.findEnded({ sessionIds, serviceTokenIds: [never] })).toEqual([
      sessionIds[1],
      never,
    ]);
  });
});

describe('deactivating', () => {
  const deactivate = (actor: Actor, { membershipId }: { membershipId: string }) =>
    write(actor, (em) => deactivateUser(em, actor, membershipId));
  const reactivate = (actor: Actor, { membershipId }: { membershipId: string }) =>
    write(actor, (em) => reactivateUser(em, actor, membershipId));

  test('somebody who is deactivated is out at once, and signs in anew once they may', async () => {
    const analyst = await addUser('ANALYST');
    const before = await signIn(analyst);
    expect(await deactivate(agency.actor, analyst)).toMatchObject({ disabledAt: expect.any(Date) });
    await deactivate(agency.actor, analyst);
    const gone = async () => {
      await expect(authenticator.authenticate(before.token)).rejects.toMatchObject(out);
      await expect(refresh(before.refreshToken)).rejects.toMatchObject(ended);
    };
    await gone();
    const wrong = { code: 'UNAUTHENTICATED', message: 'The email or the password is wrong.' };
    await expect(signIn(analyst)).rejects.toMatchObject(wrong);
    expect(await reactivate(agency.actor, analyst)).toMatchObject({ disabledAt: null });
    await gone();
    await expect(signIn(analyst)).resolves.toMatchObject({ viewer: { role: 'ANALYST' } });
    const actions = await write(agency.tenant, (em) =>
      em.execute<{ action: string }[]>(
        'select action from audit_log where entity_id = ? order by at',
        [analyst.membershipId],
      ),
    );
    expect(actions.map(({ action }) => action)).toEqual(['DEACTIVATE', 'REACTIVATE']);
  });

  test('nobody deactivates themselves, owners and admins only an owner, and of two who do it to each other one stays', async () => {
    const [one, two, admin] = [
      await addUser('OWNER'),
      await addUser('OWNER'),
      await addUser('ADMIN'),
    ];
    const as = (user: { userId: string }, role: Role): Actor => ({
      ...agency.actor,
      userId: user.userId,
      role,
    });
    await expect(deactivate(as(one, 'OWNER'), one)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    for (const higher of [one, await addUser('ADMIN')]) {
      await expect(deactivate(as(admin, 'ADMIN'), higher)).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    }
    const [first] = await write(agency.tenant, (em) =>
      em.execute<{ id: string }[]>('select id from memberships where user_id = ?', [
        agency.actor.userId,
      ]),
    );
    await deactivate(as(one, 'OWNER'), { membershipId: first?.id ?? '' });
    const both = await Promise.allSettled([
      deactivate(as(one, 'OWNER'), two),
      deactivate(as(two, 'OWNER'), one),
    ]);
    const refused = both.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(refused).toEqual([expect.objectContaining({ code: 'CONFLICT' })]);
    const stranger = await addOrganization(agency, {
      email: 'x@y.example',
      password: 'another long password',
    });
    const other = await findActor(agency.database, stranger);
    await expect(deactivate(other, two)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
