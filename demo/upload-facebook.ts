import ky from 'ky';
import type { Api } from '../client/api.ts';
import {
  ConfirmUploadDocument,
  CreateFeedDocument,
  CreateUploadDocument,
  UploadStateDocument,
} from '../client/operations.ts';
import type { DateRange } from '../src/domain/calendar.ts';
import { generateFacebookExport } from './generate-facebook.ts';
import { type ProgressDisplay, watchJob } from './progress.ts';

/**
 * Upload an export of Ads Manager as a person would: by a link, looked at, then confirmed. A second time finds it loaded.
 *
 * @param url address of the server, which the link is a path of.
 * @throws {Error} when the file is refused, or a job does not succeed.
 */
export async function uploadFacebook(
  { api, url, display }: { api: Api; url: string; display: ProgressDisplay },
  { clientId, name, range }: { clientId: string; name: string; range: DateRange },
): Promise<void> {
  const { createFeed } = await api.request(CreateFeedDocument, {
    input: {
      ...{ clientId, source: 'FACEBOOK', name: 'Facebook' },
      idempotencyKey: `demo-facebook-${clientId}`,
    },
  });
  const body = Buffer.from(generateFacebookExport(range));
  const { createUpload } = await api.request(CreateUploadDocument, {
    input: {
      ...{ feedId: createFeed.feed.id, sizeBytes: body.length },
      fileName: `facebook-${range.from}-${range.to}.csv`,
      idempotencyKey: `demo-upload-${clientId}-${range.from}`,
    },
  });
  const { id, state } = createUpload.upload;
  if (state === 'AWAITING_FILE') await ky.put(new URL(createUpload.path, url), { body, retry: 0 });
  const find = async () => {
    const { node } = await api.request(UploadStateDocument, { id });
    if (node?.__typename !== 'Upload') throw new Error('The upload is not there');
    return node;
  };
  const { previewJob } = await find();
  if (previewJob) await watchJob(api, previewJob.id, display.add(`${name}: preview of a file`));
  const looked = await find();
  if (looked.state === 'READY') await api.request(ConfirmUploadDocument, { id });
  const { run, reason } = await find();
  if (!run) throw new Error(`${name} on Facebook: the file was not loaded: ${reason ?? ''}`);
  const job = await watchJob(api, run.jobRun.id, display.add(`${name} on Facebook`));
  if (job.status !== 'SUCCEEDED') {
    throw new Error(`${name} on Facebook: the job ended ${job.status}: ${job.errorMessage ?? ''}`);
  }
}
