import { randomUUID } from 'node:crypto';
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

describe('a membership', () => {
  const idOf = ({ membershipId }: { membershipId: string }) =>
    toGlobalId('Membership', membershipId);
  const change = (viewer: Viewer, input: object) =>
    people.told(
      viewer,
      `mutation ($input: ChangeMembershipInput!) {
         changeMembership(input: $input) { membership { role clients { id } } } }`,
      { input },
    );
  const remove = (viewer: Viewer, id: string) =>
    people.byId(viewer, 'removeMembership', id, 'removedId');

  test('is changed by who stands above it; nobody raises themselves; it leaves one audit row', async () => {
    const [admin, analyst, owner] = [
      await people.addMember('ADMIN'),
      await people.addMember('ANALYST'),
      await people.addMember('OWNER'),
    ];
    const clientIds = [toGlobalId('Client', people.client.id)];
    for (const _ of [1, 2]) {
      expect(await change(admin, { id: idOf(analyst), role: 'CLIENT', clientIds })).toEqual({
        membership: { role: 'CLIENT', clients: [{ id: clientIds[0] }] },
      });
    }
    expect(await people.actions(analyst.membershipId)).toEqual(['UPDATE']);
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
    const [own] = await people.rows<{ id: string }>('select id from memberships', [], tenant);
    const id = toGlobalId('Membership', own?.id ?? '');
    for (const answer of [await remove(owner, id), await change(owner, { id, role: 'ADMIN' })]) {
      expect(answer).toMatchObject({ code: 'CONFLICT', fields: ['id'] });
    }
    const second = await people.addMember('OWNER', tenant);
    const text = 'mutation ($id: ID!) { removeMembership(id: $id) { removedId } }';
    const answers = await people.toldAtOnce([
      [owner, text, { id }],
      [second, text, { id: idOf(second) }],
    ]);
    expect(answers.filter(({ code }) => !code)).toHaveLength(1);
    expect(await people.rows('select from memberships', [], tenant)).toHaveLength(1);
  });

  test('that is removed ends at once, is removed only once, and can be given again', async () => {
    const [admin, analyst, other] = [
      await people.addMember('ADMIN'),
      await people.addMember('ANALYST'),
      await people.addMember('ADMIN'),
    ];
    const { token } = await people.signIn(analyst.email, password);
    for (const _ of [1, 2])
      expect(await remove(admin, idOf(analyst))).toEqual({ removedId: idOf(analyst) });
    expect(await people.actions(analyst.membershipId)).toEqual(['REMOVE']);
    await expect(people.authenticate(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(people.signIn(analyst.email, password)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    expect(await remove(admin, idOf(other))).toMatchObject({ code: 'FORBIDDEN' });
    expect(await remove(admin, toGlobalId('Membership', randomUUID()))).toMatchObject({
      code: 'NOT_FOUND',
    });

    await people.invite(admin, { email: analyst.email, role: 'ANALYST' });
    expect(await people.accept({ token: await people.tokenTo(analyst.email) })).toEqual({
      email: analyst.email,
    });
    expect((await people.signIn(analyst.email, password)).viewer.role).toBe('ANALYST');
    // What they had before stays ended.
    await expect(people.authenticate(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('is listed with its email and name for administrators, and for nobody else', async () => {
    const text = '{ memberships(first: 1) { edges { node { role email name } } } }';
    const newest = await people.addMember('ADMIN');
    expect(await people.told(newest, text)).toEqual({
      edges: [{ node: { role: 'ADMIN', email: newest.email, name: null } }],
    });
    expect(await people.told(await people.addMember('ANALYST'), text)).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});
