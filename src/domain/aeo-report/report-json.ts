import { toGlobalId } from '../global-id.ts';
import type { AuditReport } from './audit-report.ts';

/** The types that ids under these names are of, as the graph tells them. */
const typeOf: Record<string, string> = {
  auditId: 'AeoAudit',
  answerId: 'AeoAnswer',
  answerIds: 'AeoAnswer',
  withoutOwnIds: 'AeoAnswer',
  questionId: 'AeoQuestion',
  questionIds: 'AeoQuestion',
  brandId: 'Brand',
};

/** The whole report as JSON, its ids as the graph has them. */
export function toJson({ audit, client, answers, ...report }: AuditReport): string {
  const { id, profile, settings, status, errorCode, errorMessage } = audit;
  const { createdAt, startedAt, finishedAt, notes } = audit;
  const whole = {
    audit: {
      ...{ auditId: id, status, errorCode, errorMessage, createdAt, startedAt, finishedAt },
      ...{ settings, notes },
      profile: {
        ...profile,
        brands: profile.brands.map(({ id: brandId, ...brand }) => ({ brandId, ...brand })),
      },
    },
    client: { name: client.name },
    ...report,
    answers: answers.map(({ id: answerId, ...answer }) => ({ answerId, ...answer })),
  };
  return JSON.stringify(whole, withGlobalIds);
}

function withGlobalIds(key: string, value: unknown): unknown {
  const type = typeOf[key];
  if (!type || value === null) return value;
  if (Array.isArray(value)) return value.map((id) => toGlobalId(type, String(id)));
  return toGlobalId(type, String(value));
}
