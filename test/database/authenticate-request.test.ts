import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { DomainError } from '../../src/domain/errors.ts';
import {
  createServiceToken,
  type NewServiceToken,
} from '../../src/domain/service-token/create-service-token.ts';
import { authenticateRequest } from '../../src/infra/authenticate-request.ts';
import { type Agency, createAgency } from '../support/agency.ts';
import { openAuthenticator } from '../support/authenticator.ts';

let agency: Agency;
let authenticator: Awaited<ReturnType<typeof openAuthenticator>>;
let server: Server;
let url: string;
/** One that may come in the address, and one that may not. */
let [open, closed] = ['', ''];

beforeAll(async () => {
  agency = await createAgency();
  authenticator = await openAuthenticator(agency);
  // A door as plain as they come: it says whom it let in.
  const door = express().get('/door', async (request, response) => {
    await authenticateRequest(authenticator, request, 'READ').then(
      ({ email, serviceToken }) => response.json(serviceToken?.name ?? email),
      ({ code, message }: DomainError) => response.status(400).json([code, message]),
    );
  });
  server = createServer(door).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/door`;
  [open, closed] = [
    await create({ name: 'open', allowsQueryString: true }),
    await create({ name: 'closed' }),
  ];
});
afterAll(async () => {
  server.close();
  await authenticator.close();
  await agency.close();
});

async function create(input: Partial<NewServiceToken>): Promise<string> {
  const settings = { name: '', scopes: ['READ' as const], allowsQueryString: false };
  const { token } = await agency.database.withTenant(agency.tenant, (em) =>
    createServiceToken(em, agency.actor, { ...settings, ...input }),
  );
  return String(token);
}

async function knock(query = '', authorization?: string): Promise<unknown> {
  const response = await fetch(url + query, { headers: authorization ? { authorization } : {} });
  return response.json();
}

const refused = [
  'UNAUTHENTICATED',
  'Only a service token that allows it is taken from the address.',
];

test('a token in the address opens the door where the token allows it', async () => {
  expect(await knock(`?token=${open}`)).toBe('open');
  expect(await knock(`?token=${closed}`)).toEqual(refused);
});

test('a token in the header opens it, whatever the address says', async () => {
  const { email, password } = agency.owner;
  const person = await authenticator.signIn({ email, password }, agency.actor.origin);
  expect(await knock('', `Bearer ${closed}`)).toBe('closed');
  expect(await knock(`?token=${open}`, `Bearer ${closed}`)).toBe('closed');
  expect(await knock('', `Bearer ${person.token}`)).toBe('owner@agency.example');
  expect(await knock(`?token=${person.token}`)).toEqual(refused);
  expect(await knock(`?token=${open}`, 'Bearer x.y.z')).toEqual([
    'UNAUTHENTICATED',
    'The token is not valid.',
  ]);
});

test('one address has one token', async () => {
  expect(await knock()).toEqual(['UNAUTHENTICATED', 'Send a token: `Authorization: Bearer ...`.']);
  for (const query of ['?token=', `?token=${open}&token=${open}`, `?token[a]=${open}`]) {
    expect([query, await knock(query)]).toEqual([
      query,
      expect.arrayContaining(['UNAUTHENTICATED']),
    ]);
  }
});

test('a token without the scope of the door is told so', async () => {
  const loading = await create({ name: 'loads', scopes: ['INGEST'], allowsQueryString: true });
  for (const answer of [await knock('', `Bearer ${loading}`), await knock(`?token=${loading}`)]) {
    expect(answer).toEqual([
      'FORBIDDEN',
      'This needs the scope READ; the service token has INGEST.',
    ]);
  }
});
