import type { EntityManager } from '@mikro-orm/postgresql';
import { Organization } from '../domain/identity/organization.entity.ts';
import { JobRun, type JobStatus } from '../domain/job/job-run.entity.ts';

/** Which jobs are wanted; what is left out does not limit. */
export interface JobSelection {
  ids?: string[];
  status?: JobStatus;
  queue?: string;
  name?: string;
  /** Id of an organization. */
  organization?: string;
  /** Those that were made, or ended, since. */
  since?: Date;
}

/**
 * Jobs of all organizations, the newest first, each with its organization's name.
 *
 * @throws {Error} naming the organization, or the jobs, that are not there.
 */
export async function findJobs(
  em: EntityManager,
  { ids, status, queue, name, organization, since }: JobSelection,
  limit: number,
): Promise<{ run: JobRun; organization: string }[]> {
  const organizations = new Map(
    (await em.find(Organization, organization ? { id: organization } : {})).map((each) => [
      each.id,
      each.name,
    ]),
  );
  if (organization && organizations.size === 0) {
    throw new Error(`There is no organization with the id ${organization}.`);
  }
  const runs = await em.find(
    JobRun,
    {
      ...(ids && { id: { $in: ids } }),
      ...(status && { status }),
      ...(queue && { queue }),
      ...(name && { name }),
      ...(organization && { organizationId: organization }),
      ...(since && { $or: [{ createdAt: { $gte: since } }, { finishedAt: { $gte: since } }] }),
    },
    { orderBy: { createdAt: 'desc', id: 'desc' }, limit },
  );
  const missing = ids?.filter((id) => !runs.some((run) => run.id === id)) ?? [];
  if (missing.length > 0) throw new Error(`There is no such job: ${missing.join(', ')}.`);
  return runs.map((run) => ({
    run,
    organization: organizations.get(run.organizationId) ?? run.organizationId,
  }));
}
