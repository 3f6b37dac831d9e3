import { z } from 'zod';
import type { ReportDialect } from '../report-source.ts';
import { stateOf } from './state-of.ts';

const created = z.object({ reportId: z.coerce.string().min(1) });
const status = z.object({
  status: z.string(),
  downloadUrl: z.url().nullish(),
  error: z.string().nullish(),
});
const reports = '/reporting/v1/std/reports';

/**
 * Vibe's standard reports: `v1/std/reports` with a Bearer token; both days are in the report.
 *
 * Source: docs/vibe.md.
 */
export const standardDialect: ReportDialect = {
  address: 'https://api.vibe.co',
  authorize: (secret) => ({ authorization: `Bearer ${secret}` }),
  create: ({ advertiserId, from, to }) => ({
    method: 'POST',
    path: reports,
    body: {
      advertiserId,
      startDate: from,
      endDate: to,
      metrics: ['impressions', 'clicks', 'conversions', 'revenue'],
      dimensions: ['date', 'campaign', 'strategy', 'placement', 'creative'],
    },
  }),
  readCreated: (answer) => created.parse(answer).reportId,
  look: (externalId) => ({ method: 'GET', path: `${reports}/${encodeURIComponent(externalId)}` }),
  readState(answer) {
    const report = status.parse(answer);
    return stateOf(report.status, report.downloadUrl, report.error);
  },
  // There is no call that says who one is.
  test: { method: 'GET', path: `${reports}/none` },
  testFindsNothing: true,
};
