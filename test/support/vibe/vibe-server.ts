import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { addDays, eachDay } from '../../../src/domain/calendar.ts';
import { asyncReport, standardReport, type VibeDays, type VibeRow } from './vibe-report.ts';

type Step = 'create' | 'look' | 'download' | 'test';

/** What the server does from now on; a test changes it at will. */
interface VibeBehaviour {
  /** The rows of a day of an advertiser; they are those of the moment at which a report is asked for. */
  rowsOf(date: string, advertiserId: string): VibeRow[];
  /** Looks at a report that find it being made. */
  looksBeforeDone: number;
  /** How reports end instead of being done: in the server's words. */
  error: string | null;
  /** Answers to come instead of the next ones of their kind, in order. */
  instead: { to: Step; status: number; headers?: Record<string, string> }[];
  /** Reports an hour, told in headers; no limit and no headers where null. */
  budget: { left: number; resetAt: Date } | null;
  /** What an answer waits for; a download, after its first half. */
  hold: { at: Step; until: Promise<void> } | null;
  /** Where downloads are said to be, instead of here. */
  downloadOrigin: string | null;
}

interface MadeReport {
  id: string;
  advertiserId: string;
  from: string;
  to: string;
  looks: number;
  body: string;
}

/**
 * Vibe's two reporting APIs in miniature, over one set of reports.
 *
 * Source: docs/vibe.md.
 * @param secret the only one that it takes.
 */
export async function startVibe(secret: string, rowsOf: VibeBehaviour['rowsOf']) {
  const reports = new Map<string, MadeReport>();
  const seen: Record<Step, number> = { create: 0, look: 0, download: 0, test: 0 };
  const usual = (): VibeBehaviour => ({
    rowsOf,
    looksBeforeDone: 0,
    ...{ error: null, instead: [], budget: null, hold: null, downloadOrigin: null },
  });
  const behaviour = usual();
  const http = createServer();
  await once(http.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;

  const make = (
    advertiserId: string,
    from: string,
    to: string,
    write: (days: VibeDays) => string,
  ) => {
    const days = eachDay({ from, to }).map((date): VibeDays[number] => [
      date,
      behaviour.rowsOf(date, advertiserId),
    ]);
    const report = { id: randomUUID(), advertiserId, from, to, looks: 0, body: write(days) };
    reports.set(report.id, report);
    return report;
  };

  const statusOf = (id: string) => {
    const report = reports.get(id);
    if (!report) return null;
    report.looks += 1;
    if (behaviour.error) return { status: 'error', error: behaviour.error, url: null };
    if (report.looks <= behaviour.looksBeforeDone) return { status: 'processing', url: null };
    return { status: 'done', url: `${behaviour.downloadOrigin ?? url}/files/${report.id}` };
  };

  const held = async (step: Step) => {
    if (behaviour.hold?.at === step) await behaviour.hold.until;
  };

  const download = async (id: string, response: ServerResponse) => {
    const { body } = reports.get(id) as MadeReport;
    const half = Math.floor(body.length / 2);
    response.writeHead(200, { 'content-type': 'text/csv' });
    response.write(body.slice(0, half));
    await held('download');
    response.end(body.slice(half));
  };

  /** The budget's headers, and whether it is used up. */
  const spend = (response: ServerResponse): boolean => {
    const { budget } = behaviour;
    if (!budget) return true;
    const isLeft = budget.left > 0;
    if (isLeft) budget.left -= 1;
    response.setHeader('x-rate-limit', 15);
    response.setHeader('x-rate-limit-left', budget.left);
    response.setHeader('x-rate-limit-reset-at', budget.resetAt.toISOString());
    return isLeft;
  };

  http.on('request', async (request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const call = callOf(request, url);
    if (!call) return answer(404, { message: 'There is nothing here.' });
    seen[call.step] += 1;
    const place = behaviour.instead.findIndex(({ to }) => to === call.step);
    const [instead] = place < 0 ? [] : behaviour.instead.splice(place, 1);
    if (instead) return response.writeHead(instead.status, instead.headers).end('{}');
    if (call.step === 'download') return download(call.id, response);
    await held(call.step);
    const isStandard = call.dialect === 'STANDARD';
    const given = isStandard
      ? request.headers.authorization?.replace('Bearer ', '')
      : request.headers['x-api-key'];
    if (given !== secret) return answer(isStandard ? 401 : 403, { message: 'Invalid API key' });

    if (call.step === 'test') return answer(200, { advertiser_ids: [] });
    if (call.step === 'create') {
      if (!spend(response)) return answer(429, { message: 'Rate limit exceeded' });
      const asked = (await json(request)) as Record<string, string>;
      const id = isStandard
        ? make(asked.advertiserId ?? '', asked.startDate ?? '', asked.endDate ?? '', standardReport)
            .id
        : make(
            asked.advertiser_id ?? '',
            asked.start_date ?? '',
            addDays(asked.end_date ?? '', -1),
            asyncReport,
          ).id;
      return answer(200, isStandard ? { reportId: id } : { report_id: id, status: 'created' });
    }
    const found = statusOf(call.id);
    if (!found) return answer(404, { message: 'Report not found' });
    const { url: where, ...state } = found;
    return answer(200, { ...state, [isStandard ? 'downloadUrl' : 'download_url']: where });
  });

  return {
    url,
    behaviour,
    /** How often each was asked for. */
    seen,
    /** The reports that it has made, in order. */
    made: () => [...reports.values()],
    /** Behave as at the start, and forget what was. */
    reset() {
      Object.assign(behaviour, usual());
      Object.assign(seen, { create: 0, look: 0, download: 0, test: 0 });
      reports.clear();
    },
    close() {
      http.closeAllConnections();
      http.close();
    },
  };
}

export type FakeVibe = Awaited<ReturnType<typeof startVibe>>;

type Call =
  | { step: 'download'; id: string }
  | { step: Exclude<Step, 'download'>; id: string; dialect: 'STANDARD' | 'ASYNC' };

/** What a request asks for, in which API. */
function callOf({ method, url = '' }: IncomingMessage, origin: string): Call | undefined {
  const { pathname, searchParams } = new URL(url, origin);
  const [, file] = /^\/files\/(.+)$/.exec(pathname) ?? [];
  if (file) return { step: 'download', id: file };
  const [, standard] = /^\/reporting\/v1\/std\/reports(\/.+)?$/.exec(pathname) ?? [undefined, null];
  if (standard !== null) {
    const id = standard?.slice(1) ?? '';
    return { step: method === 'POST' ? 'create' : 'look', id, dialect: 'STANDARD' };
  }
  const path = pathname.replace('/rest/reporting/v1', '');
  const id = searchParams.get('report_id') ?? '';
  if (path === '/create_async_report') return { step: 'create', id, dialect: 'ASYNC' };
  if (path === '/get_report_status') return { step: 'look', id, dialect: 'ASYNC' };
  return path === '/get_advertiser_ids' ? { step: 'test', id, dialect: 'ASYNC' } : undefined;
}
