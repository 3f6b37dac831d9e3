import type { Readable } from 'node:stream';
import type { HeaderFields } from '../domain/column-mapping/column-mapping.entity.ts';
import type { FeedOrigin } from '../domain/feed/feed.entity.ts';
import type { Severity } from '../domain/identity/organization.entity.ts';
import type { ComparisonRule } from '../domain/ingestion/row-problem.ts';
import type { RawField, RawFields } from '../domain/ingestion/row-rules.ts';
import type { FoundColumns } from './columns.ts';
import type { ReportSource } from './report-source.ts';
import type { TableRow } from './tables/table.ts';

/** One row of a file, as it came and by column. */
export interface RawRow extends TableRow {
  fields: RawFields;
}

/** How one file is read, and what is told of it as a whole. */
export interface ReadOptions {
  /** The feed's: a file that names another is refused. */
  currency?: string | undefined;
  /** Columns that somebody mapped by hand. */
  mapping?: HeaderFields | undefined;
  /** What was mapped by hand for files with such a header, where there is no `mapping`. */
  mappingOf?(header: string[]): HeaderFields | undefined;
  /** The sheet of a workbook, where it is not the first with a header. */
  sheet?: string | undefined;
  /** Told once, before the rows. */
  onColumns?(columns: FoundColumns): void;
  /** Told what somebody should know of the file, in a sentence; it is used all the same. */
  onRemark?(remark: string): void;
}

/** How the files of one source are read. */
export interface Connector {
  /** The source's key, as feeds carry it. */
  source: string;
  label: string;
  /** How its days come, unless a feed says otherwise: any can be uploaded. */
  origin: FeedOrigin;
  /** What its files are read for. */
  fields: readonly RawField[];
  /** Of a source that makes reports: how they are asked for. */
  reports?: ReportSource;
  /** When the day before is there, `HH:mm` in the feed's time zone. */
  dailyAt: string;
  /** How severely this source's rows are taken, unless an organization says otherwise. */
  severities: Record<ComparisonRule, Severity>;
  /**
   * Read a file as a stream, in batches of rows.
   *
   * @throws {DomainError} BAD_USER_INPUT when the file as a whole cannot be used: named, with the cure.
   */
  read(file: Readable, options?: ReadOptions): AsyncIterable<RawRow[]>;
}
