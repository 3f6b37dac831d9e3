import { requireRole, requireScope, type Tenant, type Viewer } from '../domain/identity/viewer.ts';
import { JobRun } from '../domain/job/job-run.entity.ts';
import { together } from '../domain/together.ts';
import type { Authenticator, GraphServices, ReadJobRun } from './graph-services.ts';

/**
 * Reads jobs for many watchers at once: what is asked for within a moment is looked up once per token, and
 * read in one statement per tenant.
 */
export function createJobRunReader({
  database,
  authenticator,
}: {
  database: GraphServices['database'];
  authenticator: Pick<Authenticator, 'authenticate'>;
}): ReadJobRun {
  const viewerOf = together<string, Viewer>((tokens) => {
    const known = new Map<string, Promise<Viewer>>();
    for (const token of tokens) {
      if (!known.has(token)) known.set(token, authenticator.authenticate(token));
    }
    return Promise.all(
      tokens.map((token) => (known.get(token) as Promise<Viewer>).catch((error: Error) => error)),
    );
  });

  const runOf = together<{ tenant: Tenant; id: string }, JobRun | null>(async (wanted) => {
    const keyOf = ({ organizationId, clientIds }: Tenant) =>
      JSON.stringify([organizationId, clientIds]);
    const byTenant = new Map<string, { tenant: Tenant; ids: Set<string> }>();
    for (const { tenant, id } of wanted) {
      const key = keyOf(tenant);
      const asked = byTenant.get(key) ?? { tenant, ids: new Set() };
      byTenant.set(key, { tenant, ids: asked.ids.add(id) });
    }
    const read = new Map<string, Map<string, JobRun> | Error>();
    await Promise.all(
      [...byTenant].map(async ([key, { tenant, ids }]) => {
        const found = await database
          .withTenant(tenant, (em) => em.find(JobRun, { id: { $in: [...ids] } }))
          .catch((error: Error) => error);
        read.set(key, found instanceof Error ? found : new Map(found.map((run) => [run.id, run])));
      }),
    );
    return wanted.map(({ tenant, id }) => {
      const found = read.get(keyOf(tenant));
      return found instanceof Error ? found : (found?.get(id) ?? null);
    });
  });

  return async (token, id) => {
    const viewer = await viewerOf(token);
    requireScope(viewer, 'READ');
    const run = await runOf({ tenant: viewer, id });
    // What one asked for oneself one may watch, whatever one's role.
    const isOwn = viewer.userId !== null && run?.requestedBy === viewer.userId;
    if (!isOwn) requireRole(viewer, 'ANALYST');
    return run;
  };
}
