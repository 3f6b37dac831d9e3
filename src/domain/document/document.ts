import type { DateRange, LocalDate } from '../calendar.ts';
import type { Column } from '../metric-rows/columns.ts';
import type { Row } from '../metric-rows/order-rows.ts';
import type { Gap } from '../metrics/find-gaps.ts';
import type { Grain } from '../metrics/period-of.ts';
import type { MetricKey } from '../metrics/registry.ts';

/** A metric, and in which currency it is told; null where it is no amount, or several are meant. */
export interface Measure extends Pick<Column, 'label' | 'type' | 'unit'> {
  key: MetricKey;
  currency: string | null;
}

/** A metric at a glance: its value, what it was before, and how it changed (0.1 is 10 % more). */
export interface Tile extends Measure {
  value: string | null;
  base: string | null;
  relative: string | null;
}

interface TilesSection {
  kind: 'TILES';
  title: string;
  /** The days that it is compared with. */
  basis: DateRange;
  tiles: Tile[];
}

interface TrendSection {
  kind: 'TREND';
  title: string;
  grain: Grain;
  /** First days of the periods. */
  periods: LocalDate[];
  /** A value for each period; null where there are no data: a gap, no zero. */
  series: (Measure & { values: (string | null)[] })[];
}

interface BarsSection extends Measure {
  kind: 'BARS';
  title: string;
  bars: { name: string; value: string | null }[];
}

interface TableSection {
  kind: 'TABLE';
  title: string;
  columns: Column[];
  rows: Row[];
  /** The true totals, one for each currency. */
  totals: Row[];
  /** Whether there are more rows than these. */
  isCut: boolean;
}

/** What a reader has to know of figures. */
export type Note =
  | { kind: 'TEXT'; text: string }
  /** Days without data of a feed, one after the other; archived ones may be counted by the sums of their months. */
  | {
      kind: 'GAP';
      feedName: string;
      days: DateRange;
      status: Gap['status'];
      reason: string | null;
      isCounted: boolean;
      /** Whether they are of the days that changes are told from. */
      isBasis: boolean;
    }
  /** A day whose figures were changed after they were first there, the last time on a day of the client's zone. */
  | { kind: 'RESTATED'; feedName: string; date: LocalDate; times: number; last: LocalDate };

interface NotesSection {
  kind: 'NOTES';
  title: string;
  notes: Note[];
}

/** A part of a document: figures, and no word on how they look. */
export type Section = TilesSection | TrendSection | BarsSection | TableSection | NotesSection;
export type SectionOf<Kind extends Section['kind']> = Extract<Section, { kind: Kind }>;

/** What a document can have beside its notes, in its order. */
export const documentParts = ['KEY_FIGURES', 'TREND', 'TOP_CAMPAIGNS', 'DETAILS'] as const;
export type DocumentPart = (typeof documentParts)[number];

/** How documents of an organization look. */
export interface Brand {
  organization: string;
  /** A PNG as base64. */
  logo: string | null;
  /** `#rrggbb` */
  primaryColor: string;
  accentColor: string;
}

/** Figures of some days, to be printed. */
export interface MetricsDocument {
  title: string;
  /** Whom it is of. */
  subject: string;
  days: DateRange;
  madeAt: Date;
  timeZone: string;
  /** How numbers and days are written: a language tag. */
  locale: string;
  brand: Brand;
  sections: Section[];
}
