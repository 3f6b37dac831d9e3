import { databaseNow } from '../../domain/database-clock.ts';
import { DomainError } from '../../domain/errors.ts';
import { holdArchived } from '../../domain/ingestion/hold-archived.ts';
import type { LoadedRun } from '../../domain/ingestion/load-run.ts';
import type { OpenCredential } from '../../domain/platform-credential/credential-platform.ts';
import { PlatformCredential } from '../../domain/platform-credential/platform-credential.entity.ts';
import { countReports, listDueReports } from '../../domain/report/list-reports.ts';
import { noteFailure } from '../../domain/report/note-failure.ts';
import { planReports } from '../../domain/report/plan-reports.ts';
import { PlatformError, type ReportPlatform } from '../../domain/report/report-platform.ts';
import type { ReportRequest } from '../../domain/report/report-request.entity.ts';
import {
  beginCreation,
  beginLook,
  failReport,
  keepReport,
  noteCreated,
  noteNotReady,
} from '../../domain/report/track-report.ts';
import { FinalJobError, type JobContext, NotYet } from '../define-job.ts';

/** One report, with what it takes to go a step further with it. */
interface ReportWork {
  loaded: LoadedRun;
  platform: ReportPlatform;
  context: JobContext;
  request: ReportRequest;
  credential: PlatformCredential;
  open: OpenCredential;
}

/**
 * Have the reports of a run made, and fetch them: every step is written down before and after, so that a later
 * attempt goes on with just that report, whoever makes it.
 *
 * Nothing waits here: while a report is being made, or may not be asked for yet, the run is put off.
 *
 * @throws {NotYet} where some report is still to come.
 * @throws {FinalJobError} the platform does not take the credential, or did not answer too often.
 */
export async function obtainReports(
  loaded: LoadedRun,
  platform: ReportPlatform,
  context: JobContext,
): Promise<void> {
  const { read, write, signal } = context;
  const { run } = loaded;
  await write((em) => planReports(em, loaded, platform.mostDays));
  for (const request of await read((em) => listDueReports(em, run.id))) {
    signal.throwIfAborted();
    await advance(loaded, platform, context, request);
  }
  const { ended, total, waitMs } = await read((em) => countReports(em, run.id));
  if (waitMs === null) return;
  context.report({ stage: 'REPORT', done: ended, total });
  throw new NotYet(waitMs);
}

async function advance(
  loaded: LoadedRun,
  platform: ReportPlatform,
  context: JobContext,
  request: ReportRequest,
): Promise<void> {
  const { read, write, signal } = context;
  const isMade = request.state === 'PENDING';
  // A report is asked for with what the feed names by now, and looked at with what it was asked for with.
  const credentialId = isMade ? request.credentialId : loaded.feed.credentialId;
  const credential = await read((em) => em.findOne(PlatformCredential, { id: credentialId ?? '' }));
  if (!credential) {
    return write((em) => failReport(em, request, 'Its credential was removed.'));
  }
  if (request.deadlineAt <= (await read(databaseNow))) {
    const reason = isMade
      ? 'It was not ready in time.'
      : 'It could not be asked for in time: the budget of its credential was used up.';
    return write((em) => failReport(em, request, reason));
  }
  if (credential.status === 'REFUSED') throw refused(platform, credential);
  const { dialect, secretCiphertext } = credential;
  const open = { dialect, secret: context.cipher.decrypt(secretCiphertext) };
  const work = { loaded, platform, context, request, credential, open };
  try {
    await (isMade ? look(work) : create(work));
  } catch (error) {
    signal.throwIfAborted();
    const failure = platformErrorOf(error);
    if (!failure) throw error;
    context.log.warn({ err: failure, reportId: request.id }, 'report not had');
    const reason = await write((em) => noteFailure(em, request, credential, failure));
    if (failure.failure === 'REFUSED') throw refused(platform, credential);
    if (reason) throw new FinalJobError(reason, 'UPSTREAM_FAILED');
  }
}

/**
 * What is written before the call is what a worker that dies in it leaves: whether the platform was told, nobody
 * can say, since it lists no reports. The next attempt asks again; the one that nobody knows of is never fetched.
 */
async function create({ loaded, platform, context, request, credential, open }: ReportWork) {
  if (!(await context.write((em) => beginCreation(em, request, credential.id)))) return;
  const { feed } = loaded;
  const wanted = {
    advertiserId: feed.advertiserId ?? '',
    timeZone: feed.timeZone,
    from: request.fromDate,
    to: request.toDate,
  };
  const created = await platform.create(open, wanted, context.signal);
  await context.write((em) => noteCreated(em, request, credential, created));
}

/** The address of a report is not kept: it opens the report to whoever has it, and expires. */
async function look({ loaded, platform, context, request, credential, open }: ReportWork) {
  const { write, store, signal } = context;
  if (!(await write((em) => beginLook(em, request, credential.id)))) return;
  const found = await platform.look(open, request.externalId ?? '', signal);
  if (found.state === 'PENDING') {
    return write((em) => noteNotReady(em, request, credential, platform.mostPolls));
  }
  if (found.state === 'FAILED') return write((em) => failReport(em, request, found.reason));
  const file = await store.archive(await platform.download(found.url, signal));
  await write(async (em) => {
    await holdArchived(em, store, file.sha256);
    await keepReport(em, request, credential, loaded.feed, file);
  });
}

/** A download that breaks off does so within the archive, which tells it as its own failure. */
function platformErrorOf(error: unknown): PlatformError | undefined {
  const cause = error instanceof DomainError ? error.cause : error;
  return cause instanceof PlatformError ? cause : undefined;
}

function refused({ label }: ReportPlatform, { name }: PlatformCredential): FinalJobError {
  const message = `${label} does not take the credential "${name}": replace it, and try again.`;
  return new FinalJobError(message, 'UPSTREAM_FAILED');
}
