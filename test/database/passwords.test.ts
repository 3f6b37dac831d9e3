import { toGlobalId } from '../../src/domain/global-id.ts';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import { type Agency, addOrganization, findActor } from '../support/agency.ts';
import { gatherPeople, type People, password } from '../support/people.ts';

let people: People;
let agency: Agency;

beforeAll(async () => {
  people = await gatherPeople();
  agency = people.agency;
});
afterAll(() => people.close());

describe('a password', () => {
  const request = async (email: string) => {
    const answer = await people.told(
      agency.actor,
      'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { accepted } }',
      { input: { email } },
    );
    await people.settled();
    return answer;
  };
  const reset = (input: object) =>
    people.told(
      agency.actor,
      'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { changed } }',
      { input },
    );
  const next = 'four tin trumpets';

  test('that was forgotten is set by a mailed link, once, which ends all other links and all sessions', async () => {
    const { email, userId } = await people.addMember('ANALYST');
    expect(await request(email.toUpperCase())).toEqual({ accepted: true });
    const [first] = await people.lettersTo(email);
    // One that is on its way is enough.
    await request(email);
    expect(await people.lettersTo(email)).toHaveLength(1);
    await people.markSent(first?.id ?? '');
    await request(email);
    // One that ended by itself did not end by this.
    await people.signIn(email, password);
    await people.rows('update sessions set expires_at = now() where user_id = ?', [userId]);
    const before = await people.signIn(email, password);
    const token = await people.tokenTo(email);
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
    await expect(people.signIn(email, password)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    await people.signIn(email, next);
    const gone = { code: 'UNAUTHENTICATED' };
    await expect(people.authenticate(before.token)).rejects.toMatchObject(gone);
    expect(
      await people.rows('select ending from sessions where user_id = ? order by created_at', [
        userId,
      ]),
    ).toEqual([{ ending: null }, { ending: 'PASSWORD_CHANGED' }, { ending: null }]);
    // Nor are mails sent of links that are void.
    expect((await people.lettersTo(email)).map(({ kind }) => kind)).toEqual(['PASSWORD_CHANGED']);
    expect(await people.actions(userId ?? '')).toEqual([
      'ASK_PASSWORD_RESET',
      'ASK_PASSWORD_RESET',
      'RESET_PASSWORD',
      'SIGN_IN_FAILED',
    ]);
  });

  test('of nobody is asked for with the same answer, and nothing is written', async () => {
    const count = async () =>
      (await people.rows('select from mails')).length +
      (await people.rows('select from job_runs')).length;
    const before = await count();
    expect(await request('nobody@agency.example')).toEqual({ accepted: true });
    expect(await request('not an email')).toEqual({ accepted: true });
    expect(await count()).toBe(before);
  });

  test('is not set by a link that has expired, or that nobody mailed', async () => {
    const { email } = await people.addMember('ANALYST');
    await request(email);
    const token = await people.tokenTo(email);
    await people.rows('update password_resets set expires_at = now() where ended_at is null');
    for (const wrong of [token, 'made-up', '']) {
      expect(await reset({ token: wrong, password: next })).toMatchObject({
        code: 'BAD_USER_INPUT',
        fields: ['token'],
      });
    }
  });

  test('of a member is reset by who stands above them; never by another administrator', async () => {
    const [admin, other, analyst] = [
      await people.addMember('ADMIN'),
      await people.addMember('ADMIN'),
      await people.addMember('ANALYST'),
    ];
    const resetOf = (viewer: Viewer, { membershipId }: { membershipId: string }) =>
      people.byId(
        viewer,
        'resetMemberPassword',
        toGlobalId('Membership', membershipId),
        'membership { email }',
      );
    expect(await resetOf(admin, analyst)).toEqual({ membership: { email: analyst.email } });
    expect((await people.lettersTo(analyst.email))[0]).toMatchObject({
      kind: 'PASSWORD_RESET',
      isByAdmin: true,
    });
    // Until the link is used, the password stays.
    await people.signIn(analyst.email, password);
    expect(await resetOf(admin, other)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await people.lettersTo(other.email)).toEqual([]);
    expect(await resetOf(agency.actor, other)).toEqual({ membership: { email: other.email } });
    expect(await resetOf(admin, admin)).toEqual({ membership: { email: admin.email } });
    // A link that was mailed before somebody was deactivated lets them in no more than a new one would.
    const token = await people.tokenTo(analyst.email);
    const id = toGlobalId('Membership', analyst.membershipId);
    await people.byId(admin, 'deactivateUser', id, 'membership { email }');
    expect(await reset({ token, password: next })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: ['token'],
    });
    expect(await resetOf(admin, analyst)).toMatchObject({ code: 'CONFLICT' });
    const tenant = await addOrganization(agency, { email: 'fourth@elsewhere.example', password });
    const stranger = await findActor(agency.database, tenant);
    expect(await resetOf(stranger, analyst)).toMatchObject({ code: 'NOT_FOUND' });
  });
});
