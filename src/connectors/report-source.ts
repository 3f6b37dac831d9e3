import type { ReportState, WantedReport } from '../domain/report/report-platform.ts';

/** A call of a platform's API. */
export interface ApiCall {
  method: 'GET' | 'POST';
  /** Below the dialect's address. */
  path: string;
  /** Sent as JSON. */
  body?: object;
}

/** How one API of a platform is spoken to: what is asked, and how its answers are read. It asks nothing itself. */
export interface ReportDialect {
  /** Where it is, without a slash at its end. */
  address: string;
  /** The headers that a secret is sent in. */
  authorize(secret: string): Record<string, string>;
  create(report: WantedReport): ApiCall;
  /** @returns the report's id. @throws {Error} when there is none in the answer. */
  readCreated(answer: unknown): string;
  look(externalId: string): ApiCall;
  /** @throws {Error} when the answer does not say where the report is. */
  readState(answer: unknown): ReportState;
  /** A call that costs no report. */
  test: ApiCall;
  /** Whether it answers that call with 404 to those that it lets in. */
  testFindsNothing: boolean;
}

/** How the reports of a source are asked for and fetched. */
export interface ReportSource {
  /** Its APIs, by the name that credentials choose them by. */
  dialects: ReadonlyMap<string, ReportDialect>;
  /** Hosts that its reports are fetched from; `*.example.com` for what is below one. */
  downloadHosts: readonly string[];
  /** Days that one report holds at most. */
  mostDays: number;
  /** Looks at a report that is not ready, after which it is given up. */
  mostPolls: number;
}
