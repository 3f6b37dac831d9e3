import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import { badInput, found } from '../errors.ts';
import { storableText } from '../storable-text.ts';
import { IngestionRun } from './ingestion-run.entity.ts';

const longestNote = 2000;

/**
 * Note that what went wrong with a run is dealt with, and how: it asks for nobody's attention any more. A later note
 * takes the place of an earlier one, which the audit log keeps.
 *
 * @throws {DomainError} NOT_FOUND; BAD_USER_INPUT for a note of no or of over 2,000 characters.
 */
export async function resolveRun(
  em: EntityManager,
  actor: Actor,
  runId: string,
  note: string,
): Promise<IngestionRun> {
  const run = found(await em.findOne(IngestionRun, runId), 'ingestion run');
  const text = storableText(note).trim();
  if (text === '' || [...text].length > longestNote) {
    throw badInput(`A note has 1 to ${longestNote} characters.`, 'note');
  }
  const before = run.resolvedAt ? { note: run.resolutionNote } : null;
  run.resolvedAt = await databaseNow(em);
  run.resolvedBy = actor.userId;
  run.resolutionNote = text;
  const entity = { entityType: 'IngestionRun', entityId: run.id };
  recordChange(em, actor, { action: 'RESOLVE', ...entity, before, after: { note: text } });
  await em.flush();
  return run;
}
