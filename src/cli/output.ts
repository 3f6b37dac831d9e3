import { styleText } from 'node:util';
import Table from 'cli-table3';

type Cell = string | number | null;
type Color = 'green' | 'yellow' | 'red' | 'bold' | 'dim';

/** Text in a colour, where a person reads it. */
export function colored(color: Color, text: string): string {
  return process.stdout.isTTY ? styleText(color, text) : text;
}

/**
 * Print a table where a person looks; elsewhere lines of cells separated by tabs.
 *
 * @param widest characters that the last column may have on a terminal before it is folded.
 */
export function printTable(head: string[], rows: Cell[][], widest?: number): void {
  const cells = rows.map((row) => row.map((cell) => String(cell ?? '').replaceAll(/\s+/g, ' ')));
  if (!process.stdout.isTTY) {
    for (const row of [head, ...cells]) console.log(row.join('\t'));
    return;
  }
  const table = new Table({
    head: head.map((title) => colored('bold', title)),
    style: { head: [], border: [], compact: true },
    wordWrap: true,
    ...(widest && { colWidths: [...head.slice(1).map(() => null), widest] }),
  });
  table.push(...cells);
  console.log(table.toString());
}

/** A number for people: 1,234,567. */
export function count(value: number | bigint): string {
  return value.toLocaleString('en');
}

/** Bytes for people. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = value > 0 ? Math.min(4, Math.floor(Math.log10(value) / 3)) : 0;
  return `${(value / 1000 ** step).toFixed(step === 0 ? 0 : 1)} ${units[step]}`;
}

/** How long ago an instant was, in its two largest units at most. */
export function ago(instant: Date): string {
  const seconds = Math.max(0, Math.round((Date.now() - instant.getTime()) / 1000));
  if (seconds < 120) return `${seconds} s ago`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86_400)} days ago`;
}

/** What an error says, in one text; libraries leave the message of several at once empty. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && !error.message) {
    return [...new Set(error.errors.map(messageOf))].join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}
