import { z } from 'zod';
import { addDays } from '../../domain/calendar.ts';
import type { ReportDialect } from '../report-source.ts';
import { stateOf } from './state-of.ts';

const created = z.object({ report_id: z.coerce.string().min(1) });
const status = z.object({
  status: z.string(),
  download_url: z.url().nullish(),
  error: z.string().nullish(),
});

/**
 * Vibe's reporting API as it is: `create_async_report` with an API key; the last day is not in the report.
 *
 * Source: docs/vibe.md.
 */
export const asyncDialect: ReportDialect = {
  address: 'https://clear-platform.vibe.co/rest/reporting/v1',
  authorize: (secret) => ({ 'x-api-key': secret }),
  create: ({ advertiserId, timeZone, from, to }) => ({
    method: 'POST',
    path: '/create_async_report',
    body: {
      advertiser_id: advertiserId,
      start_date: from,
      end_date: addDays(to, 1),
      metrics: [
        ...['impressions', 'households', 'completed_views', 'spend'],
        ...['number_of_purchases', 'amount_of_purchases'],
      ],
      dimensions: ['campaign_name', 'strategy_name', 'channel_name', 'creative_name'],
      granularity: 'day',
      timezone: timeZone,
      format: 'csv',
    },
  }),
  readCreated: (answer) => created.parse(answer).report_id,
  look: (externalId) => ({
    method: 'GET',
    path: `/get_report_status?report_id=${encodeURIComponent(externalId)}`,
  }),
  readState(answer) {
    const report = status.parse(answer);
    return stateOf(report.status, report.download_url, report.error);
  },
  test: { method: 'GET', path: '/get_advertiser_ids' },
  testFindsNothing: false,
};
