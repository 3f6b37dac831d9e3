import type { Api } from '../client/api.ts';
import {
  CreateClientDocument,
  CreateFeedDocument,
  RateCardsDocument,
  SetRateCardDocument,
  StartIngestionDocument,
} from '../client/operations.ts';
import type { DateRange } from '../src/domain/calendar.ts';
import { type ProgressDisplay, watchJob } from './progress.ts';

/** A client with one feed, as the demo sets it up through the API. */
export interface DemoClient {
  name: string;
  timeZone: string;
  bucket: string;
  keyPattern: string;
  cpm: string;
  range: DateRange;
}

/** Set up a client, its feed and its rate card; a second time finds them. @returns their ids. */
export async function setUpClient(
  api: Api,
  { name, timeZone, bucket, keyPattern, cpm, range }: DemoClient,
): Promise<{ clientId: string; feedId: string }> {
  const { createClient } = await api.request(CreateClientDocument, {
    input: { name, timeZone, currency: 'USD', idempotencyKey: `demo-client-${name}` },
  });
  const clientId = createClient.client.id;
  const { createFeed } = await api.request(CreateFeedDocument, {
    input: {
      clientId,
      source: 'SURFSIDE',
      name: 'Surfside daily',
      bucket,
      keyPattern,
      idempotencyKey: `demo-feed-${name}`,
    },
  });
  // One that was changed since stays as it is.
  const { node } = await api.request(RateCardsDocument, { id: clientId });
  if (node?.__typename === 'Client' && node.rateCards.length === 0) {
    await api.request(SetRateCardDocument, { input: { clientId, cpm, effectiveFrom: range.from } });
  }
  return { clientId, feedId: createFeed.feed.id };
}

/**
 * Load days of a feed and watch it; called again with the same key, the run that was is looked at.
 *
 * @returns the run's id. @throws {Error} when the job did not succeed.
 */
export async function loadFeed(
  api: Api,
  display: ProgressDisplay,
  title: string,
  input: { feedId: string; range: DateRange; idempotencyKey: string },
): Promise<string> {
  const show = display.add(title);
  const { startIngestion } = await api.request(StartIngestionDocument, { input });
  const job = await watchJob(api, startIngestion.run.jobRun.id, show);
  if (job.status !== 'SUCCEEDED') {
    throw new Error(`${title}: the job ended ${job.status}: ${job.errorMessage ?? ''}`);
  }
  return startIngestion.run.id;
}
