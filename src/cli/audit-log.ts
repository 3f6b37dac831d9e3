import { Command } from 'commander';
import { readArchivedMonth } from '../domain/audit-log/archived-month.ts';
import { createObjectStore } from '../infra/storage.ts';
import { type OperatorSession, withOperator } from './connect.ts';
import { findOrganization } from './find-organization.ts';
import { readId, readNumber, readSince } from './options.ts';
import { bytes, count, printTable } from './output.ts';

interface ArchiveRow {
  id: string;
  organization: string | null;
  month: string;
  entries: string;
  sizeBytes: string;
  fileKey: string;
  sha256: string;
}

const archives = new Command('archives')
  .description('list the months that left the audit log for the archive')
  .option('--organization <name|id>', 'of one organization alone')
  .action(({ organization }: { organization?: string }) =>
    withOperator(async (session) => {
      const { operator } = session;
      const id = organization ? (await findOrganization(operator, organization)).id : null;
      const rows = await findArchives(session, 'and (?::uuid is null or a.organization_id = ?)', [
        id,
        id,
      ]);
      printTable(
        ['Archive', 'Organization', 'Month', 'Entries', 'Size', 'File'],
        rows.map((row) => [
          ...[row.id, row.organization ?? '(of nobody)', row.month, count(Number(row.entries))],
          ...[bytes(Number(row.sizeBytes)), row.fileKey],
        ]),
      );
    }),
  );

const read = new Command('read')
  .description(
    'read an archived month back: its entries as JSON, one a line, once it is found whole',
  )
  .argument('<archive>', 'its id, as `archives` shows it', readId('AuditArchive'))
  .action((id: string) =>
    withOperator(async (session) => {
      const [archive] = await findArchives(session, 'and a.id = ?', [id]);
      if (!archive) throw new Error(`There is no archive ${id}.`);
      const store = createObjectStore(session.services.s3);
      try {
        const found = await readArchivedMonth(await store.readKept(archive.fileKey));
        if (found.sha256 !== archive.sha256 || found.entries !== Number(archive.entries)) {
          throw new Error(`The file ${archive.fileKey} is not what was archived.`);
        }
        await readArchivedMonth(await store.readKept(archive.fileKey), (piece) => {
          process.stdout.write(piece);
        });
      } finally {
        store.close();
      }
    }),
  );

const strangers = new Command('strangers')
  .description('list what happened to no organization, such as sign-ins with unknown emails')
  .option('--since <when>', 'from then on', readSince, readSince('7d'))
  .option('--most <number>', 'how many', readNumber(1, 10_000), 100)
  .action(({ since, most }: { since: Date; most: number }) =>
    withOperator(async ({ operator }) => {
      const rows = await operator.read((em) =>
        em.execute<Record<'at' | 'action' | 'after' | 'ip' | 'agent', string>[]>(
          `select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, action, after::text as after,
             host(ip) as ip, user_agent as agent
           from audit_log where organization_id is null and at >= ? order by at desc, id desc limit ?`,
          [since, most],
        ),
      );
      printTable(
        ['When', 'What', 'Told', 'From', 'Program'],
        rows.map(({ at, action, after, ip, agent }) => [at, action, after, ip, agent]),
        60,
      );
    }),
  );

export const auditLogCommand = new Command('audit-log')
  .description('look at what left the audit log, and at what is of no organization')
  .addCommand(archives)
  .addCommand(read)
  .addCommand(strangers)
  .addHelpText(
    'after',
    '\nExample:\n  $ npm run cli -- audit-log archives --organization "My agency"',
  );

function findArchives({ operator }: OperatorSession, condition: string, values: unknown[]) {
  return operator.read((em) =>
    em.execute<ArchiveRow[]>(
      `select a.id, o.name as organization, to_char(a.month, 'YYYY-MM') as month, a.entries::text as entries,
         a.size_bytes::text as "sizeBytes", a.file_key as "fileKey", a.sha256
       from audit_archives a left join organizations o on o.id = a.organization_id
       where true ${condition} order by a.month, o.name, a.archived_at`,
      values,
    ),
  );
}
