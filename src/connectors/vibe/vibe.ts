import { type Column, fieldsOf } from '../columns.ts';
import type { Connector } from '../connector.ts';
import { readColumns } from '../read-columns.ts';
import { asyncDialect } from './async-dialect.ts';
import { standardDialect } from './standard-dialect.ts';

const columns: Column[] = [
  { field: 'date', headers: ['impression_date', 'date'], isRequired: true },
  { field: 'campaign', headers: ['campaign_name'], isRequired: true },
  { field: 'strategy', headers: ['strategy_name'], isRequired: true },
  { field: 'placement', headers: ['channel_name', 'placement_name'], isRequired: true },
  { field: 'creative', headers: ['creative_name'], isRequired: true },
  { field: 'impressions', headers: ['impressions'], isRequired: true },
  { field: 'clicks', headers: ['clicks'], isRequired: false },
  { field: 'conversions', headers: ['number_of_purchases', 'conversions'], isRequired: true },
  { field: 'revenue', headers: ['amount_of_purchases', 'revenue'], isRequired: true },
  { field: 'mediaCost', headers: ['spend'], isRequired: false },
  { field: 'completedViews', headers: ['completed_views'], isRequired: false },
  { field: 'reach', headers: ['households'], isRequired: false },
];

/**
 * Vibe's reports on streaming television, over either of its APIs: CSV of many days.
 *
 * A channel is a placement, purchases are conversions, what Vibe calls spend is the media cost. The one API
 * reports no clicks, the other no media cost, completed views or households. Source: docs/vibe.md.
 */
export const vibe: Connector = {
  source: 'VIBE',
  label: 'Vibe',
  origin: 'REPORT',
  fields: fieldsOf(columns),
  dailyAt: '06:00',
  severities: {
    CLICKS_EXCEED_IMPRESSIONS: 'ERROR',
    // Who saw it on television buys later, without a click.
    CONVERSIONS_EXCEED_CLICKS: 'WARNING',
    CTR_DIFFERS: 'WARNING',
  },
  read: (file, options) => readColumns(file, columns, options),
  reports: {
    dialects: new Map([
      ['ASYNC', asyncDialect],
      ['STANDARD', standardDialect],
    ]),
    downloadHosts: ['*.vibe.co'],
    mostDays: 45,
    mostPolls: 20,
  },
};
