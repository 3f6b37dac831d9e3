import type { EntityManager } from '@mikro-orm/postgresql';
import { arrayLiteral } from '../array-literal.ts';

export const deliveryStatuses = ['QUEUED', 'SENT', 'FAILED'] as const;

/** What became of the mail of an issued report to one recipient. */
export interface ReportDelivery {
  emailCiphertext: string;
  status: (typeof deliveryStatuses)[number];
  /** Why it failed, after all tries. */
  error: string | null;
  endedAt: Date | null;
}

/** The mails of many issued reports. */
export async function listDeliveries(
  em: EntityManager,
  reportIds: readonly string[],
): Promise<Map<string, ReportDelivery[]>> {
  const rows = await em.execute<
    (Omit<ReportDelivery, 'endedAt'> & { id: string; ended: string | null })[]
  >(
    `select report_id as id, email_ciphertext as "emailCiphertext", status, error, ended_at::text as ended
     from report_deliveries where report_id = any (?::uuid[]) order by created_at, email_index`,
    [arrayLiteral(reportIds)],
  );
  const byReport = Map.groupBy(rows, ({ id }) => id);
  return new Map(
    reportIds.map((id) => [
      id,
      (byReport.get(id) ?? []).map(({ ended, ...row }) => ({
        ...row,
        endedAt: ended === null ? null : new Date(ended),
      })),
    ]),
  );
}
