import type { EntityManager } from '@mikro-orm/postgresql';
import type { FieldCipher } from '../encryption/field-cipher.ts';
import type { KeptFile } from '../feed/object-store.ts';
import type { File } from '../file/file.entity.ts';
import { Organization } from '../identity/organization.entity.ts';
import { type Postbox, queueMail } from '../mail/queue-mail.ts';
import { sliceVersions } from '../summary/slice-versions.ts';
import type { IssuedReport } from './issued-report.entity.ts';
import type { OpenedReport } from './open-report.ts';
import { type ReportFigures, readFigures } from './read-figures.ts';
import { findAddresses } from './recipients.ts';
import { ReportDefinition } from './report-definition.entity.ts';

/** What stays of the instant at which a report was made. */
export interface ReportSnapshot {
  figures: ReportFigures;
  sliceVersions: Record<string, number | string>;
}

/** @param em of the reading that the report's file is made of. */
export async function takeSnapshot(
  em: EntityManager,
  { id, clientId, fromDate, toDate }: IssuedReport,
): Promise<ReportSnapshot> {
  const figures = (await readFigures(em, [id])).get(id);
  const [row] = await em.execute<{ versions: ReportSnapshot['sliceVersions'] }[]>(
    sliceVersions('?::uuid', '?::date', '?::date'),
    Array.from({ length: 2 }, () => [clientId, fromDate, toDate]).flat(),
  );
  if (!figures) throw new Error('The report is gone');
  return { figures, sliceVersions: row?.versions ?? {} };
}

/** Freeze a report as it is, and mail it to whom it goes: in the transaction that makes its file whole. */
export async function finishReport(
  em: EntityManager,
  cipher: FieldCipher,
  postbox: Postbox,
  opened: OpenedReport,
  made: ReportSnapshot & { rowCount: number; file: File; kept: KeptFile },
): Promise<void> {
  const { report, client } = opened;
  const { id, organizationId, clientId, definitionId, name, fromDate: from, toDate: to } = report;
  const { figures, rowCount, file, kept } = made;
  await em.execute(
    `update issued_reports set figures = ?::jsonb, slice_versions = ?::jsonb, row_count = ?,
       file_id = ?, sha256 = ?, issued_at = now()
     where id = ?`,
    [
      JSON.stringify(figures),
      JSON.stringify(made.sliceVersions),
      rowCount,
      file.id,
      kept.sha256,
      id,
    ],
  );
  // From now on it stays until its client is erased.
  await em.execute('update files set expires_at = null where id = ?', [file.id]);
  const { name: organization } = await em.findOneOrFail(Organization, organizationId);
  const definition = await em.findOneOrFail(ReportDefinition, definitionId);
  const letter = {
    ...({ kind: 'REPORT', organization, client: client.name } as const),
    ...{ name, from, to, fileId: file.id },
  };
  for (const to of await findAddresses(em, cipher, definition)) {
    const mail = await queueMail(em, postbox, { organizationId, aboutId: file.id, to, letter });
    await em.execute(
      `insert into report_deliveries (organization_id, client_id, report_id, mail_id, email_ciphertext, email_index)
       values (?, ?, ?, ?, ?, ?)`,
      [organizationId, clientId, id, mail.id, cipher.encrypt(to), cipher.blindIndex(to)],
    );
  }
}
