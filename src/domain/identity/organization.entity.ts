import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import {
  type SummaryThresholds,
  type SummaryTimes,
  usualThresholds,
  usualTimes,
} from '../summary/summary-settings.ts';

export const organizationKinds = ['AGENCY', 'INDIVIDUAL'] as const;

/** Roles whose members alerts can go to: who sees all clients. */
export const alertRoles = ['OWNER', 'ADMIN', 'ANALYST'] as const;
export type AlertRole = (typeof alertRoles)[number];

/** How severely a row rule is taken: an error rejects the row, a warning is counted. */
export const severities = ['ERROR', 'WARNING'] as const;
export type Severity = (typeof severities)[number];

const schema = defineEntity({
  name: 'Organization',
  tableName: 'organizations',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    name: p.text(),
    /** An INDIVIDUAL advertiser reports for itself: it has one client. */
    kind: p.enum(organizationKinds).default('AGENCY'),
    timeZone: p.text(),
    defaultCpm: p.decimal().precision(12).scale(6).default('15'),
    weekStartsOn: p.smallint().default(1),
    /** Whether its people need one to do anything. */
    requiresSecondFactor: p.boolean().default(false),
    /** How long an erasure can be cancelled. */
    erasureWaitDays: p.smallint().default(30),
    /** Whose members are mailed of alerts, and get the daily digest. */
    alertRoles: p
      .array()
      .$type<AlertRole[]>()
      .onCreate(() => ['OWNER', 'ADMIN']),
    /** A PNG as base64; read where it is asked for. */
    logo: p.text().strictNullable().lazy(),
    logoSha256: p.text().strictNullable(),
    /** Of documents, as `#rrggbb`. */
    primaryColor: p.text().default('#1f3a5f'),
    accentColor: p.text().default('#e07a2f'),
    ruleSeverities: p.json<Record<string, Record<string, Severity>>>().onCreate(() => ({})),
    /** Of clients that have none of their own. */
    summarySchedule: p.json<SummaryTimes>().onCreate(() => usualTimes),
    summaryThresholds: p.json<SummaryThresholds>().onCreate(() => usualThresholds),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** The tenant: an agency, or a single advertiser. */
export class Organization extends schema.class {}
schema.setClass(Organization);
