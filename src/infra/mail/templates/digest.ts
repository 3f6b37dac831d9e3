import type { Letter } from '../../../domain/mail/letter.ts';
import type { Links, WrittenLetter } from '../written-letter.ts';

export function writeDigest(
  letter: Extract<Letter, { kind: 'DIGEST' }>,
  links: Links,
): WrittenLetter {
  const { organization, day, runs, failedRuns, rows, rejectedRows } = letter;
  const { missingDays, heldDays, openAlerts, lateFeeds, lateCount } = letter;
  const of = (count: number, noun: string) =>
    `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
  const loaded = `In the last 24 hours ${of(runs, 'run')} ended, ${failedRuns} of which failed. ${of(rows, 'row')} were read and ${rejectedRows.toLocaleString('en')} rejected.`;
  const wrong = `Open now: ${of(openAlerts, 'alert')}, among them ${of(missingDays, 'missing file')} and ${of(heldDays, 'held day')}.`;
  const late = lateFeeds.map(
    ({ client, feed, latest }) =>
      `Late: ${feed} of ${client}, ${latest ? `with data through ${latest}` : 'without data so far'}.`,
  );
  const more = lateCount - lateFeeds.length;
  return {
    subject: `${organization}, ${day}: ${of(runs, 'run')}, ${of(openAlerts, 'open alert')}`,
    preview: wrong,
    paragraphs: [
      'Good morning,',
      loaded,
      wrong,
      ...late,
      ...(more > 0 ? [`And ${more} more feeds are late.`] : []),
    ],
    action: { label: 'See the alerts', url: links.listAlerts() },
    footnote: `You get this daily since alerts of ${organization} go to you. An administrator can change that.`,
  };
}
