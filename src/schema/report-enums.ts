import { factCauses } from '../domain/client-report/find-changes.ts';
import { deliveryStatuses } from '../domain/client-report/report-delivery.ts';
import { documentParts } from '../domain/document/document.ts';
import { enumOf } from './enum-of.ts';

export const ReportSectionEnum = enumOf(
  documentParts,
  'ReportSection',
  'What a PDF has beside its notes.',
  {
    KEY_FIGURES: 'Each metric, and how it changed against the period before.',
    TREND: 'The course of the first two metrics.',
    TOP_CAMPAIGNS: 'The campaigns with most of what matters most.',
    DETAILS: 'The first 500 rows, and the totals.',
  },
);
export const DeliveryStatusEnum = enumOf(
  deliveryStatuses,
  'DeliveryStatus',
  'What became of a mail.',
  {
    QUEUED: 'It is to be sent, or tried again.',
    SENT: 'The mail server took it.',
    FAILED: 'It was given up, after all tries.',
  },
);
export const FactCauseEnum = enumOf(
  factCauses,
  'FactCauseKind',
  'What changed the figures of a day.',
  {
    INGESTION: 'A run loaded it.',
    RATE_CARD: 'A job priced it anew.',
    REVERT: 'A run loaded what it was before.',
    MERGE: 'Media were merged or unmerged: totals stay, and what they are broken down by changes.',
  },
);
