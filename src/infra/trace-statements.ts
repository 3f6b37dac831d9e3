import type { Tracing } from '../jobs/tracing.ts';

/** Runs a statement as a step of the trace that it belongs to. */
export type TraceStatement = <T>(sql: string, run: () => Promise<T>) => Promise<T>;

/** Longer statements are cut; the start tells which one it is. */
const longestText = 4_000;

/** @param databaseUrl where they run; its host, port and database are told, its credentials are not. */
export function traceStatements(tracing: Tracing, databaseUrl: string): TraceStatement {
  const { hostname, port, pathname } = new URL(databaseUrl);
  const place = {
    'db.system.name': 'postgresql',
    'db.namespace': pathname.slice(1),
    'server.address': hostname,
    'server.port': Number(port || 5432),
  };
  return (sql, run) => {
    // Reading the text takes longer than to find that nobody wants to know.
    if (tracing.position() === null) return run();
    const text = withoutValues(sql);
    const name = summarize(text);
    const attributes = { ...place, 'db.query.summary': name, 'db.query.text': text };
    return tracing.step({ name, kind: 'CLIENT', attributes }, run);
  };
}

/** What must be told apart to know where a value begins and ends; only the first two kinds are kept. */
const tokens = [
  /(?<kept>"(?:[^"]|"")*"|\$\d+\b)/,
  /(?<comment>--[^\n]*|\/\*[\s\S]*?\*\/)/,
  /\b[eE]'(?:[^'\\]|\\(?:[\s\S]|$)|'')*(?:'|$)/,
  /'(?:[^']|'')*(?:'|$)/,
  /\$(?<tag>\w*)\$[\s\S]*?(?:\$\k<tag>\$|$)/,
  /\b\d[\w.]*/,
];
const token = new RegExp(tokens.map(({ source }) => source).join('|'), 'g');

/**
 * A statement with `?` for each of its values, and lists of them as one.
 *
 * The ORM writes values into the text of its statements: what is told of them must leave values out.
 */
export function withoutValues(sql: string): string {
  return sql
    .slice(0, longestText)
    .replace(token, (_, kept, comment) => (comment ? ' ' : (kept ?? '?')))
    .replace(/\?(?:\s*,\s*\?)+/g, '?')
    .replace(/\(\?\)(?:\s*,\s*\(\?\))+/g, '(?)')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What a statement does, to what: `SELECT job_runs`. */
function summarize(text: string): string {
  const [verb = ''] = /^\w+/.exec(text) ?? [];
  const [, target] = /\b(?:from|into|update|copy)\s+([\w."]+)/i.exec(text) ?? [];
  return [verb.toUpperCase(), target?.replaceAll('"', '')].filter(Boolean).join(' ');
}
