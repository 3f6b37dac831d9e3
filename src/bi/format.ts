import type { BuiltQuery } from '../domain/metric-rows/build-query.ts';
import type { MetricQuery } from '../domain/metric-rows/metric-query.ts';
import type { Row } from '../domain/metric-rows/order-rows.ts';
import type { MonthInArchive } from '../domain/metrics/months-in-archive.ts';
import type { PageReading } from '../domain/paging.ts';
import type { Reading } from '../domain/reading.ts';
import type { Question } from './read-question.ts';

/** Metric rows that are to be written, and how they are read. */
export interface AskedRows {
  question: Question;
  query: MetricQuery;
  built: BuiltQuery;
  page: PageReading<Row>;
  /** Whether every feed has data for every day. */
  isComplete: boolean;
  archivedMonths: MonthInArchive[];
}

/** What an answer consists of. */
interface Answer {
  /** Its first bytes come no sooner than its first rows are read. */
  body: AsyncIterable<string | Uint8Array>;
  /** Where the next page goes on, in formats that say so; null where there is none. */
  endCursor: string | null;
}

/** A way to write rows. */
export interface Format {
  /** What files of it are called at the end. */
  extension: string;
  contentType: string;
  /** Whether it is smaller when it is compressed. */
  isCompressible: boolean;
  /** Rows of a page where its reader does not say; null for all rows. */
  usualFirst: number | null;
  open(reading: Reading, rows: AskedRows): Promise<Answer>;
}
