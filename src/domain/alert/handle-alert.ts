import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import { badInput, found } from '../errors.ts';
import { storableText } from '../storable-text.ts';
import { Alert } from './alert.entity.ts';

const longestNote = 2_000;
const longestSnoozeMs = 90 * 86_400_000;

/**
 * Say that somebody knows of an alert and sees to it. It ends by itself, or not at all. Again, the note is replaced.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT for a note of over 2,000 characters.
 */
export async function acknowledgeAlert(
  em: EntityManager,
  actor: Actor,
  id: string,
  note: string | null,
): Promise<Alert> {
  if ((note?.length ?? 0) > longestNote) {
    throw badInput(`A note has at most ${longestNote} characters.`, 'note');
  }
  return change(em, actor, id, 'ACKNOWLEDGE', (alert, now) => {
    alert.acknowledgedAt ??= now;
    alert.acknowledgedBy ??= actor.userId;
    alert.note = note === null ? alert.note : storableText(note.trim());
  });
}

/**
 * Have nobody told of an alert until an instant, should it end and begin anew meanwhile; null has people told again.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT for what is over, or more than 90 days away.
 */
export async function snoozeAlert(
  em: EntityManager,
  actor: Actor,
  id: string,
  until: Date | null,
): Promise<Alert> {
  return change(em, actor, id, 'SNOOZE', (alert, now) => {
    const waitMs = until === null ? 1 : until.getTime() - now.getTime();
    if (!(waitMs > 0 && waitMs <= longestSnoozeMs)) {
      throw badInput('Snooze an alert for at most 90 days from now.', 'until');
    }
    alert.snoozedUntil = until;
  });
}

async function change(
  em: EntityManager,
  actor: Actor,
  id: string,
  action: string,
  apply: (alert: Alert, now: Date) => void,
): Promise<Alert> {
  const alert = found(await em.findOne(Alert, id), 'alert');
  const before = describe(alert);
  apply(alert, await databaseNow(em));
  const entity = { entityType: 'Alert', entityId: id };
  recordChange(em, actor, { action, ...entity, before, after: describe(alert) });
  await em.flush();
  return alert;
}

function describe({ clientId, acknowledgedAt, note, snoozedUntil }: Alert) {
  return { clientId, acknowledgedAt, note, snoozedUntil };
}
