import { isInputObjectType, parse, validate } from 'graphql';
import { SignJWT } from 'jose';
import { type Agency, addOrganization, createAgency } from '../support/agency.ts';
import { openAuthenticator } from '../support/authenticator.ts';
import { createGraph } from '../support/graph.ts';
import { testServices } from '../support/test-services.ts';

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

test('role, clients and the like are no input of any way in', async () => {
  const inputs = Object.values(graph.schema.getTypeMap()).filter(isInputObjectType);
  const fieldsOf = (name: string) =>
    Object.keys(inputs.find((input) => input.name === name)?.getFields() ?? {});
  expect(fieldsOf('SignInInput')).toEqual(['email', 'password', 'code', 'organizationId']);
  expect(fieldsOf('RefreshInput')).toEqual(['refreshToken']);
  expect(fieldsOf('RevokeSessionsInput')).toEqual(['membershipId', 'keepsCurrent']);
  // What is sent beside is refused before anything is run.
  for (const extra of ['role: OWNER', 'clientIds: []', 'userId: "x"', 'mustEnrol: false']) {
    const text = `mutation { signIn(input: { email: "a", password: "b", ${extra} }) { token } }`;
    const [problem] = validate(graph.schema, parse(text));
    expect(problem?.message).toContain('is not defined by type "SignInInput"');
  }
});

test('claims of a token beside its session are not believed', async () => {
  const other = await addOrganization(agency, {
    email: 'owner@other.example',
    password: 'another long password',
  });
  const { viewer } = await authenticator.signIn(agency.owner, agency.actor.origin);
  // As somebody could make it who got hold of the key: they still need a session that stands.
  const forged = await new SignJWT({
    org: other.organizationId,
    sid: viewer.session?.id,
    role: 'OWNER',
    clientIds: null,
  })
    .setProtectedHeader({ alg: 'HS256', kid: 'default' })
    .setSubject('somebody else')
    .setIssuer('mediagraph')
    .setAudience('mediagraph-api')
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(testServices.secrets.JWT_SECRET));
  expect(await authenticator.authenticate(forged)).toMatchObject({
    userId: viewer.userId,
    organizationId: agency.tenant.organizationId,
  });
});
