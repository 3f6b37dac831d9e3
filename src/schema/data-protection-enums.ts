import { consentPurposes } from '../domain/consent/consent.entity.ts';
import { erasureStatuses, erasureSubjects } from '../domain/data-protection/erasure.entity.ts';
import { fileKinds } from '../domain/file/file.entity.ts';
import { enumOf } from './enum-of.ts';

export const FileKindEnum = enumOf(fileKinds, 'FileKind', 'What a file is.', {
  CLIENT_EXPORT: 'Everything of a client.',
  UPLOAD: 'A file that somebody uploaded, until it is loaded or expires.',
  METRICS_EXPORT: 'Metric rows, by `exportMetrics`.',
  REPORT: 'A report as it was issued, or made of an audit.',
  USER_EXPORT: 'Everything of a user; for who asked for it alone.',
});
export const ErasureSubjectEnum = enumOf(erasureSubjects, 'ErasureSubject', 'What is erased.', {
  CLIENT: 'A client, with all that it has.',
  USER: 'A person.',
});
export const ErasureStatusEnum = enumOf(
  erasureStatuses,
  'ErasureStatus',
  'What has become of an erasure.',
  {
    WAITING: 'It begins once it is due, and can be cancelled until then.',
    RUNNING: 'It has begun.',
    COMPLETED: 'Nothing is left; its certificate is in the audit log.',
    CANCELLED: 'It was cancelled in time.',
  },
);
export const ConsentPurposeEnum = enumOf(
  consentPurposes,
  'ConsentPurpose',
  'What people are asked their consent for.',
  {
    PRODUCT_MAILS: 'Mails about new features.',
    ANALYTICS: 'Looking at how they use the product, to make it better.',
  },
);
