import { Command } from 'commander';
import { countOutdatedAudits } from '../domain/aeo-results/remove-answers.ts';
import { planRetention } from '../domain/retention/plan-retention.ts';
import { retentionPolicy } from '../domain/retention/retention-policy.ts';
import { openOutbox } from '../jobs/enqueue.ts';
import { runUpkeep } from '../jobs/run-upkeep.job.ts';
import { type JobSession, withJobs } from './connect.ts';
import { findOrganization } from './find-organization.ts';
import { bytes, count, printTable } from './output.ts';

interface Options {
  organization?: string;
}

const whose = ['--organization <name|id>', 'of one organization alone'] as const;

const plan = new Command('plan')
  .description('show what the next night would archive and remove; it does nothing')
  .option(...whose)
  .action((options: Options) =>
    withJobs(async (session) => {
      const policy = retentionPolicy(session.config.RETENTION);
      const rows = [];
      for (const { id, name } of await findWhose(session, options)) {
        const tenant = { organizationId: id, clientIds: null };
        const { months, rollupMonths, logs, sourceFiles } = await session.database.withTenant(
          tenant,
          (em) => planRetention(em, policy),
        );
        const audits = await session.database.withTenant(tenant, (em) =>
          countOutdatedAudits(em, session.config.AUDIT_DATA_RETENTION_DAYS),
        );
        if (audits > 0) rows.push([name, 'remove answers', `of ${count(audits)} audits`]);
        for (const { month, clients, rows: facts } of months) {
          const what = `${count(facts)} facts of ${count(clients)} clients`;
          rows.push([name, `archive ${month.slice(0, 7)}`, what]);
        }
        if (rollupMonths > 0) rows.push([name, 'forget roll-ups', `${rollupMonths} months`]);
        for (const { table, rows: old } of logs) {
          if (old > 0) rows.push([name, `remove ${table}`, `${count(old)} rows`]);
        }
        if (sourceFiles.files > 0) {
          const much = `${count(sourceFiles.files)} files, ${bytes(sourceFiles.sizeBytes)}`;
          rows.push([name, 'remove fetched files', much]);
        }
      }
      if (rows.length === 0) console.log('There is nothing to do.');
      else printTable(['Organization', 'What', 'How much'], rows);
    }),
  );

const run = new Command('run')
  .description('do now what the next night would do, upkeep and all')
  .option(...whose)
  .action((options: Options) =>
    withJobs(async (session) => {
      const organizations = await findWhose(session, options);
      for (const { id: organizationId } of organizations) {
        const tenant = { organizationId, clientIds: null };
        const jobRunId = await session.database.withTenant(tenant, (em) =>
          openOutbox(em).add(runUpkeep, {}, { organizationId, clientId: null }),
        );
        await session.send([jobRunId]);
      }
      console.log(`Started for ${count(organizations.length)} organizations; see \`jobs\`.`);
    }),
  );

export const retentionCommand = new Command('retention')
  .description('look at what is kept how long, and have it done (docs/retention.md)')
  .addCommand(plan)
  .addCommand(run)
  .addHelpText('after', '\nExample:\n  $ npm run cli -- retention plan');

async function findWhose(
  { operator }: JobSession,
  { organization }: Options,
): Promise<{ id: string; name: string }[]> {
  if (organization) return [await findOrganization(operator, organization)];
  return operator.read((em) =>
    em.execute<{ id: string; name: string }[]>('select id, name from organizations order by name'),
  );
}
