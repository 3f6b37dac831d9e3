import type { Readable } from 'node:stream';
import type { Actor } from '../domain/audit-log/record-change.ts';
import type { SourceFields } from '../domain/column-mapping/check-columns.ts';
import { IngestionRun } from '../domain/ingestion/ingestion-run.entity.ts';
import { RunSlice } from '../domain/ingestion/run-slice.entity.ts';
import { type RunStatus, runStatus } from '../domain/ingestion/run-status.ts';
import { hasEnded, JobRun } from '../domain/job/job-run.entity.ts';
import { createUpload, type NewUpload } from '../domain/upload/create-upload.ts';
import { Upload } from '../domain/upload/upload.entity.ts';
import type { Announcer } from './announcer.ts';
import { type ReceptionServices, receiveUpload } from './receive-upload.ts';
import { watchJobRun } from './watch-job-run.ts';

export interface DeskServices extends ReceptionServices {
  sources: SourceFields;
  announcer: Announcer;
  rereadMs: number;
}

/** What has become of an upload by now. */
export interface UploadOutcome {
  upload: Upload;
  /** Whether nothing more is done to it by itself. */
  isSettled: boolean;
  /** What loads it, once it was confirmed. */
  run: { id: string; status: RunStatus; slices: RunSlice[] } | null;
}

/** Where the doors for files hand in what was sent to them. */
export interface UploadDesk {
  /** @throws {DomainError} what `createUpload` throws. */
  announce(actor: Actor, upload: NewUpload): Promise<Upload>;
  /** @throws {DomainError} what `receiveUpload` throws. */
  receive(actor: Actor, uploadId: string, content: Readable): Promise<Upload>;
  /** Wait until an upload was looked at and, where it is confirmed by itself, loaded; not longer than that. */
  outcome(actor: Actor, uploadId: string, mostMs: number): Promise<UploadOutcome>;
}

export function createUploadDesk(services: DeskServices): UploadDesk {
  const { database, sources, announcer, rereadMs } = services;

  const look = (actor: Actor, id: string) =>
    database.withTenant(actor, async (em) => {
      const upload = await em.findOneOrFail(Upload, id);
      const run = upload.runId === null ? null : await em.findOneOrFail(IngestionRun, upload.runId);
      const jobId = run ? run.jobRunId : upload.jobRunId;
      const job = jobId === null ? null : await em.findOneOrFail(JobRun, jobId);
      const slices = run
        ? await em.find(RunSlice, { runId: run.id }, { orderBy: { date: 'asc' } })
        : [];
      const told = run && job && { id: run.id, status: runStatus(run, job), slices };
      return { job, outcome: { upload, isSettled: !job || hasEnded(job.status), run: told } };
    });

  const waitFor = async (actor: Actor, jobId: string, ms: number) => {
    const read = () => database.withTenant(actor, (em) => em.findOne(JobRun, jobId));
    const states = watchJobRun(jobId, { announcer, read, rereadMs });
    const timer = setTimeout(() => void states.return(undefined), ms);
    try {
      for await (const state of states) if (hasEnded(state.status)) return;
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    announce: (actor, upload) =>
      database.withTenant(actor, (em) => createUpload(em, actor, sources, upload)),
    receive: (actor, uploadId, content) => receiveUpload(services, actor, uploadId, content),
    async outcome(actor, uploadId, mostMs) {
      const endsAt = performance.now() + mostMs;
      for (;;) {
        const { job, outcome } = await look(actor, uploadId);
        const left = endsAt - performance.now();
        if (outcome.isSettled || !job || left <= 0) return outcome;
        await waitFor(actor, job.id, left);
      }
    },
  };
}
