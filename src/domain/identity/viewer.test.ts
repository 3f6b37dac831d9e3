import type { ServiceTokenScope } from '../service-token/service-token.entity.ts';
import { isAtLeast, requireRole, requireScope, type Viewer } from './viewer.ts';

const roles = ['CLIENT', 'ANALYST', 'ADMIN', 'OWNER'] as const;

function viewer(role: Viewer['role']): Viewer {
  return { organizationId: 'o', clientIds: null, userId: 'u', email: 'u@example.com', role };
}

test.each([
  ['CLIENT', ['CLIENT']],
  ['ANALYST', ['CLIENT', 'ANALYST']],
  ['ADMIN', ['CLIENT', 'ANALYST', 'ADMIN']],
  ['OWNER', ['CLIENT', 'ANALYST', 'ADMIN', 'OWNER']],
] as const)('the role %s allows what %j do', (role, allowed) => {
  expect(roles.filter((each) => isAtLeast(viewer(role), each))).toEqual(allowed);
});

test('a role that is too low is refused, by name', () => {
  expect(() => requireRole(viewer('ANALYST'), 'ADMIN')).toThrow(
    expect.objectContaining({
      code: 'FORBIDDEN',
      message: 'This needs the role ADMIN; yours is ANALYST.',
    }),
  );
});

test('a role that is high enough passes', () => {
  expect(() => requireRole(viewer('ADMIN'), 'ADMIN')).not.toThrow();
  expect(() => requireRole(viewer('OWNER'), 'ADMIN')).not.toThrow();
});

describe('a service token', () => {
  const machine = (...scopes: ServiceTokenScope[]): Viewer => ({
    ...viewer('ANALYST'),
    userId: null,
    email: null,
    serviceToken: { id: 't', name: 'BI', scopes, allowsQueryString: false, expiresAt: new Date() },
  });
  const forbidden = (message: string) => expect.objectContaining({ code: 'FORBIDDEN', message });

  test('has the scopes that it was given, where a person needs none', () => {
    expect(() => requireScope(machine('READ'), 'READ')).not.toThrow();
    expect(() => requireScope(machine('READ', 'INGEST'), 'INGEST')).not.toThrow();
    expect(() => requireScope(viewer('CLIENT'), 'INGEST')).not.toThrow();
    expect(() => requireScope(machine('READ'), 'INGEST')).toThrow(
      forbidden('This needs the scope INGEST; the service token has READ.'),
    );
  });

  test('has its role for reading, and only with that scope', () => {
    expect(() => requireRole(machine('READ'), 'ANALYST')).not.toThrow();
    expect(() => requireRole(machine('READ'), 'ADMIN')).toThrow(
      forbidden('This needs the role ADMIN; the service token reads as ANALYST.'),
    );
    expect(() => requireRole(machine('INGEST'), 'CLIENT')).toThrow(
      forbidden('This needs the scope READ; the service token has INGEST.'),
    );
  });
});
