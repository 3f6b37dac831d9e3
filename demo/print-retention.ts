import type { Api } from '../client/api.ts';
import { RetentionDocument } from '../client/operations.ts';

/** Print how long what is kept, and what the next night would do about it. */
export async function printRetention(api: Api): Promise<void> {
  const { retentionPolicy } = await api.request(RetentionDocument, {});
  const { hotMonths, fileDays, plan } = retentionPolicy;
  const rows = plan.logs.reduce((sum, log) => sum + log.rows, 0);
  const months = plan.months.map(({ month }) => month.slice(0, 7)).join(', ') || 'no month';
  console.log(
    `\nKept: days of ${hotMonths} months, older ones in the archive; fetched files for ${fileDays} days after they were last used.`,
  );
  console.log(
    `Tonight: ${months} to archive; ${rows} rows of logs and ${plan.sourceFiles.files} files to remove.`,
  );
}
