import type { Letter } from '../../../domain/mail/letter.ts';
import type { WrittenLetter } from '../written-letter.ts';

type WebhookOff = Extract<Letter, { kind: 'WEBHOOK_OFF' }>;

const reasons: Record<WebhookOff['reason'], string> = {
  FAILING: 'its receiver has taken nothing for days',
  GONE: 'its receiver says that it is no more',
};

export function writeWebhookOff({ organization, webhook, reason }: WebhookOff): WrittenLetter {
  const subject = `The webhook "${webhook}" was switched off`;
  return {
    subject,
    preview: `${subject}, since ${reasons[reason]}.`,
    paragraphs: [
      'Hello,',
      `The webhook "${webhook}" of ${organization} was switched off, since ${reasons[reason]}. It is told of no alert from now on.`,
      'An administrator can switch it on again, and have what was given up sent again.',
    ],
    footnote: `You get this since alerts of ${organization} go to you. An administrator can change that.`,
  };
}
