import { gatherPeople, type People } from '../support/people.ts';

let people: People;

beforeAll(async () => {
  people = await gatherPeople();
});
afterAll(() => people.close());

test('consent is to the notice in force, and what was before is in the audit log', async () => {
  const member = await people.addMember('ANALYST');
  const set = (isGiven: boolean, noticeVersion?: string) =>
    people.told(
      member,
      `mutation ($input: SetConsentInput!) { setConsent(input: $input) { consents { isGiven } } }`,
      { input: { purpose: 'PRODUCT_MAILS', isGiven, noticeVersion } },
    );
  expect(await set(true, '1999')).toMatchObject({
    code: 'BAD_USER_INPUT',
    fields: ['noticeVersion'],
  });
  await set(true, '2026-11-01');
  await set(true, '2026-11-01');
  expect((await set(false)).consents[0]).toEqual({ isGiven: false });
  expect(await people.actions(member.userId)).toEqual(['GIVE_CONSENT', 'WITHDRAW_CONSENT']);
  const { privacyNoticeVersion, consents } = await people.told(
    member,
    '{ viewer { privacyNoticeVersion consents { purpose isGiven givenAt withdrawnAt } } }',
  );
  expect(privacyNoticeVersion).toBe('2026-11-01');
  expect(consents[0]).toMatchObject({ purpose: 'PRODUCT_MAILS', isGiven: false });
  expect(consents[1]).toMatchObject({ purpose: 'ANALYTICS', isGiven: false, givenAt: null });
});
