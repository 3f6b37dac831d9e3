import type { Response } from 'express';
import { uploadState } from '../../domain/upload/upload.entity.ts';
import { overwrittenDays } from '../../domain/upload/upload-preview.ts';
import type { UploadOutcome } from '../../jobs/upload-desk.ts';

/** Spells an id as the graph does. */
export type WriteId = (type: string, id: string) => string;

interface Verdict {
  status: number;
  error?: { code: string; message: string };
}

/** Answer with what was found in a file, and what its days have come to. */
export function answerUpload(response: Response, outcome: UploadOutcome, writeId: WriteId): void {
  const { upload, run } = outcome;
  const { fileName, sizeBytes, sha256, reason, preview } = upload;
  const { status, error } = judge(outcome);
  response.status(status).json({
    error,
    upload: {
      id: writeId('Upload', upload.id),
      state: uploadState(upload),
      ...{ fileName, sizeBytes, sha256, reason, preview },
    },
    run: run && {
      id: writeId('IngestionRun', run.id),
      status: run.status,
      days: run.slices.map((slice) => {
        const { date, status, reason, version, rowsRead, rowsRejected, rowsMerged } = slice;
        const { totalsBefore, totalsAfter } = slice;
        const rows = { rowsRead, rowsRejected, rowsMerged };
        return { date, status, reason, version, ...rows, totalsBefore, totalsAfter };
      }),
    },
  });
}

const unfinished = 202;
/** Days that a message names. */
const mostNamed = 10;

function judge({ upload, isSettled, run }: UploadOutcome): Verdict {
  const { reason, applies, preview } = upload;
  const state = uploadState(upload);
  if (!isSettled || state === 'RECEIVING') return { status: unfinished };
  if (state === 'EXPIRED') return refusal(409, 'CONFLICT', 'The upload has expired: make another.');
  if (state === 'DISCARDED') return refusal(409, 'CONFLICT', 'The upload was discarded.');
  if (state === 'REFUSED') return refusal(400, 'BAD_USER_INPUT', reason ?? '');
  if (state === 'FAILED') return refusal(500, 'INTERNAL_SERVER_ERROR', reason ?? '');
  if (run?.status === 'FAILED') {
    const failed = run.slices.find((slice) => slice.status === 'FAILED');
    return refusal(400, 'BAD_USER_INPUT', failed?.reason ?? 'No day could be loaded.');
  }
  if (state === 'READY' && reason) return refusal(409, 'CONFLICT', reason);
  if (state === 'READY' && applies === 'WHEN_NEW') {
    const dates = preview ? overwrittenDays(preview) : [];
    const more = dates.length > mostNamed ? ', ...' : '';
    const message = `These days have data already: ${dates.slice(0, mostNamed).join(', ')}${more}. Send apply=true to overwrite them, or confirm the upload.`;
    return refusal(409, 'CONFLICT', message);
  }
  if (!run || run.status === 'HELD') return { status: unfinished };
  if (run.status === 'CANCELLED') return refusal(409, 'CONFLICT', 'The run was cancelled.');
  const moved = run.slices.find(({ status }) => status === 'SUPERSEDED');
  return moved
    ? refusal(409, 'CONFLICT', `${moved.date} is not loaded: ${moved.reason}`)
    : { status: 201 };
}

function refusal(status: number, code: string, message: string): Verdict {
  return { status, error: { code, message } };
}
