import type { Readable } from 'node:stream';
import type { Severity } from '../domain/identity/organization.entity.ts';
import type { ComparisonRule } from '../domain/ingestion/row-problem.ts';
import type { RawFields } from '../domain/ingestion/row-rules.ts';

/** One row of a file, as it came and by column. */
export interface RawRow {
  /** Line of the file that the row begins on; the header is line 1. */
  line: number;
  cells: string[];
  fields: RawFields;
}

/** How the files of one source are read. */
export interface Connector {
  /** The source's key, as feeds carry it. */
  source: string;
  label: string;
  /** When the day's file is there, `HH:mm` in the feed's time zone. */
  dailyAt: string;
  /** How severely this source's rows are taken, unless an organization says otherwise. */
  severities: Record<ComparisonRule, Severity>;
  /**
   * Read a file as a stream, in batches of rows.
   *
   * @throws {DomainError} BAD_USER_INPUT when the file as a whole cannot be used: named, with the cure.
   */
  read(file: Readable): AsyncIterable<RawRow[]>;
}
