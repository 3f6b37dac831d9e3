import type { ReportState } from '../../domain/report/report-platform.ts';

/** What Vibe's word for where a report is means: `created`, `processing`, `done` or `error`. */
export function stateOf(
  status: string,
  url: string | null | undefined,
  error: string | null | undefined,
): ReportState {
  if (status === 'error') return { state: 'FAILED', reason: error || 'Vibe could not make it.' };
  if (status !== 'done') return { state: 'PENDING' };
  if (!url) throw new Error('A report is done, and it is not said where');
  return { state: 'DONE', url };
}
