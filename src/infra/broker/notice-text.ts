import type { JobNotice } from '../../jobs/announcer.ts';

/** A notice as it travels. */
export function writeNotice({ jobRunId, sequence, isWish }: JobNotice): string {
  return `${jobRunId} ${sequence}${isWish ? ' wish' : ''}`;
}

export function readNotice(text: string): JobNotice {
  const [jobRunId = '', sequence, wish] = text.split(' ');
  return { jobRunId, sequence: Number(sequence), isWish: wish === 'wish' };
}
