import { isAtLeast, requireRole, type Viewer } from './viewer.ts';

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
