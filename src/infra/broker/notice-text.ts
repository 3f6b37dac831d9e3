import type { Notice } from '../../jobs/announcer.ts';

const alerts = 'alerts';

/** A notice as it travels. */
export function writeNotice(notice: Notice): string {
  if ('alertsOf' in notice) return `${alerts} ${notice.alertsOf}`;
  const { jobRunId, sequence, isWish } = notice;
  return `${jobRunId} ${sequence}${isWish ? ' wish' : ''}`;
}

export function readNotice(text: string): Notice {
  const [first = '', second = '', wish] = text.split(' ');
  if (first === alerts) return { alertsOf: second };
  return { jobRunId: first, sequence: Number(second), isWish: wish === 'wish' };
}
