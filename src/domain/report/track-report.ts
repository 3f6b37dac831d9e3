import type { EntityManager } from '@mikro-orm/postgresql';
import type { Feed } from '../feed/feed.entity.ts';
import { failSlices } from '../ingestion/fail-slices.ts';
import { SourceObject } from '../ingestion/source-object.entity.ts';
import { admitCall, noteAnswered, noteBudget } from '../platform-credential/platform-state.ts';
import { storableText } from '../storable-text.ts';
import type { BudgetNews } from './report-platform.ts';
import type { ReportRequest } from './report-request.entity.ts';

/** How long a platform may take to make a report. */
const longestMakingMs = 3 * 60 * 60_000;
/** Each look comes so much later than the one before, up to a most. */
const growth = 1.5;
const longestWaitSeconds = 600;

/**
 * Write down that a report is being asked for, and spend one of the budget on it.
 *
 * @returns whether it may be asked for now; else it waits for the budget or the breaker.
 */
export async function beginCreation(
  em: EntityManager,
  { id }: ReportRequest,
  credentialId: string,
): Promise<boolean> {
  const until = await admitCall(em, credentialId, true);
  if (until) return postpone(em, id, until);
  await em.execute(
    `update report_requests set state = 'CREATING', credential_id = ?, requested_at = now(),
       creations = creations + 1 where id = ?`,
    [credentialId, id],
  );
  return true;
}

/** @returns whether a report may be looked at now; else it waits for the breaker. */
export async function beginLook(
  em: EntityManager,
  { id }: ReportRequest,
  credentialId: string,
): Promise<boolean> {
  const until = await admitCall(em, credentialId, false);
  return until ? postpone(em, id, until) : true;
}

async function postpone(em: EntityManager, id: string, until: Date): Promise<false> {
  await em.execute('update report_requests set next_at = least(?, deadline_at) where id = ?', [
    until,
    id,
  ]);
  return false;
}

/** The platform makes the report, and calls it so. */
export async function noteCreated(
  em: EntityManager,
  { id }: ReportRequest,
  credential: { id: string; pollSeconds: number },
  { externalId, budget }: { externalId: string; budget: BudgetNews | null },
): Promise<void> {
  await noteAnswered(em, credential.id);
  if (budget) await noteBudget(em, credential.id, budget);
  await em.execute(
    `update report_requests set state = 'PENDING', external_id = ?, failures = 0, refusals = 0, polls = 0,
       next_at = now() + ? * interval '1 second', deadline_at = now() + ? * interval '1 millisecond'
     where id = ?`,
    [externalId, credential.pollSeconds, longestMakingMs, id],
  );
}

/** The report is not ready: it is looked at again later, each time after a longer while. */
export async function noteNotReady(
  em: EntityManager,
  request: ReportRequest,
  credential: { id: string; pollSeconds: number },
  mostPolls: number,
): Promise<void> {
  await noteAnswered(em, credential.id);
  const [row] = await em.execute<{ polls: number }[]>(
    `update report_requests set polls = polls + 1, failures = 0, refusals = 0,
       next_at = least(now() + least(? * power(?, polls + 1), ?) * interval '1 second', deadline_at)
     where id = ? returning polls`,
    [credential.pollSeconds, growth, longestWaitSeconds, request.id],
  );
  const polls = row?.polls ?? 0;
  if (polls >= mostPolls) await failReport(em, request, `It was not ready after ${polls} looks.`);
}

/** The report was fetched and archived: from here on it is an object of the feed as any other. */
export async function keepReport(
  em: EntityManager,
  { id, externalId, requestedAt }: ReportRequest,
  credential: { id: string },
  feed: Feed,
  { sha256, sizeBytes }: { sha256: string; sizeBytes: number },
): Promise<void> {
  await noteAnswered(em, credential.id);
  const object = em.create(SourceObject, {
    organizationId: feed.organizationId,
    clientId: feed.clientId,
    feedId: feed.id,
    // One for each report: a day that is restated to what it was before is the newer one all the same.
    key: `report/${id}/${externalId}`,
    etag: sha256,
    sizeBytes,
    lastModified: requestedAt as Date,
    sha256,
  });
  await em.flush();
  await em.execute(
    `update report_requests set state = 'FETCHED', object_id = ?, ended_at = now() where id = ?`,
    [object.id, id],
  );
}

/** The report will not come: its days end with it, and the others of its run go on. */
export async function failReport(
  em: EntityManager,
  { id, runId, fromDate, toDate }: ReportRequest,
  reason: string,
): Promise<void> {
  const error = storableText(reason);
  await em.execute(
    `update report_requests set state = 'FAILED', error = ?, ended_at = now() where id = ?`,
    [error, id],
  );
  await failSlices(em, runId, { from: fromDate, to: toDate }, `The report failed: ${error}`);
}
