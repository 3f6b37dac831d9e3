import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { type BiServices, createBiDoors } from '../../src/bi/bi-doors.ts';
import {
  createServiceToken,
  type NewServiceToken,
} from '../../src/domain/service-token/create-service-token.ts';
import { authenticateRequest } from '../../src/infra/authenticate-request.ts';
import { createDatabase } from '../../src/infra/database.ts';
import type { Agency } from './agency.ts';
import { openAuthenticator } from './authenticator.ts';

/** What of an answer tests look at. */
export interface DoorAnswer {
  status: number;
  headers: Headers;
  body: Buffer;
}

/**
 * The doors over HTTP, as the server's role.
 *
 * @param limits where they are not the usual ones.
 */
export async function openDoors(
  agency: Agency,
  limits: BiServices['limits'] = {},
  mostStreams = 3,
) {
  const statements: string[] = [];
  const failures: unknown[] = [];
  const database = await createDatabase({
    url: agency.urls.serverUrl,
    poolSize: 4,
    onStatement: (sql) => statements.push(sql),
  });
  const authenticator = await openAuthenticator(agency);
  const doors = createBiDoors({
    database,
    security: authenticator.security,
    authenticate: (request, known) => authenticateRequest(authenticator, request, 'READ', known),
    version: 'test',
    mostStreams,
    logFailure: (error) => failures.push(error),
    limits,
  });
  const http = createServer(express().use('/bi', doors)).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/bi/v1`;

  return {
    url,
    /** What was asked of the database. */
    statements,
    /** What went wrong on our side. */
    failures,
    poolState: database.poolState,
    /** What they noted. */
    security: authenticator.security,
    /** A service token. */
    async createToken(settings: Partial<NewServiceToken> = {}): Promise<string> {
      const usual = { name: 'BI', scopes: ['READ' as const], allowsQueryString: false };
      const { token } = await agency.database.withTenant(agency.tenant, (em) =>
        createServiceToken(em, agency.actor, { ...usual, ...settings }),
      );
      return String(token);
    },
    async get(
      path: string,
      token: string | null,
      init: { method?: string; headers?: Record<string, string> } = {},
    ): Promise<DoorAnswer> {
      const authorization = token ? { authorization: `Bearer ${token}` } : {};
      const response = await fetch(`${url}/${path}`, {
        ...init,
        headers: { ...authorization, ...init.headers },
      });
      const { status, headers } = response;
      return { status, headers, body: Buffer.from(await response.arrayBuffer()) };
    },
    async close() {
      http.closeAllConnections();
      http.close();
      await database.close();
      await authenticator.close();
    },
  };
}
