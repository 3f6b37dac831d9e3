import type { Letter, ToldAlert } from '../../../domain/mail/letter.ts';
import type { Links, WrittenLetter } from '../written-letter.ts';

const troubles: Record<ToldAlert['kind'], string> = {
  FAILED_RUN: 'A run failed',
  MISSING_FILE: 'A file is missing',
  VALIDATION_ERRORS: 'Rows were rejected',
  HELD_RUN: 'A day is held until it is approved',
  FEW_IMPRESSIONS: 'A day has few impressions',
  CREDENTIAL_REFUSED: 'A credential is not taken',
  RULE: 'A rule applies',
};

export function writeAlerts(
  { organization, alerts, count }: Extract<Letter, { kind: 'ALERTS' }>,
  links: Links,
): WrittenLetter {
  const [first] = alerts;
  const more = count - alerts.length;
  const subject =
    count === 1 && first
      ? `${begin(first)}: ${first.about} of ${first.client}`
      : `${count} alerts at ${organization}`;
  return {
    subject,
    preview: first ? sentenceOf(first) : subject,
    paragraphs: [
      'Hello,',
      ...alerts.map(sentenceOf),
      ...(more > 0 ? [`And ${more} more.`] : []),
      'You are told when a trouble begins, once. It ends by itself when it is in order again.',
    ],
    action: { label: 'See the alerts', url: links.listAlerts() },
    footnote: `You get this since alerts of ${organization} go to you. An administrator can change that.`,
  };
}

function begin({ kind, severity }: ToldAlert): string {
  return severity === 'CRITICAL' ? `Critical: ${troubles[kind]}` : troubles[kind];
}

function sentenceOf(alert: ToldAlert): string {
  const { client, about, date, message } = alert;
  const day = date ? ` on ${date}` : '';
  return `${begin(alert)}: ${about} of ${client}${day}. ${message}`;
}
