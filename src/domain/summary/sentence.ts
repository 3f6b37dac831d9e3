import { deriveMetric } from '../metrics/derive-metric.ts';
import { type MetricKey, metrics } from '../metrics/registry.ts';
import type { Totals } from '../metrics/totals.ts';

/** What a figure of a sentence is. */
export const factRoles = ['VALUE', 'BASE', 'CHANGE', 'THRESHOLD'] as const;

/** What a sentence is about. */
export const sentenceTopics = [
  ...(['COVERAGE', 'DELIVERY', 'CHANGE', 'TOP_CAMPAIGN', 'TOP_CREATIVE'] as const),
  'UNDERPERFORMER',
] as const;

/** A campaign or creative that a figure is of. */
export interface NamedMedia {
  id: string;
  level: 'campaign' | 'creative';
  name: string;
  totals: Totals;
}

/** A figure of a sentence: as it is, and as the sentence has it. */
export interface SentenceFact {
  role: (typeof factRoles)[number];
  metric: MetricKey;
  /** Exact decimal text; of a change its fraction, negative for less. */
  value: string;
  text: string;
  /** What it is of, where not of the client. */
  media: NamedMedia | null;
}

/** A plain sentence; every figure in it is one of its facts, in their order. */
export interface Sentence {
  topic: (typeof sentenceTopics)[number];
  text: string;
  facts: SentenceFact[];
}

export type Part = string | SentenceFact;

/** Put a sentence together. */
export function sentence(topic: Sentence['topic'], ...parts: readonly Part[]): Sentence {
  return {
    topic,
    text: parts.map((part) => (typeof part === 'string' ? part : part.text)).join(''),
    facts: parts.filter((part) => typeof part !== 'string'),
  };
}

function decimals(least: number, most = least): Intl.NumberFormatOptions {
  return { minimumFractionDigits: least, maximumFractionDigits: most };
}

/** @param most decimals; as many as people write where left out. */
function numberWriter(currency: string, most?: number) {
  const numbers = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat('en', options);
  const money = numbers({ style: 'currency', currency, ...decimals(2, most) });
  const rate = numbers({ style: 'percent', ...decimals(3, most) });
  const multiple = numbers(decimals(2, most));
  const count = numbers(decimals(0, most ?? 2));
  return (metric: MetricKey, value: string): string => {
    const decimal = value as Intl.StringNumericLiteral;
    const { unit } = metrics[metric];
    if (unit === 'CURRENCY') return money.format(decimal);
    if (unit === 'FRACTION') return rate.format(decimal);
    return unit === 'MULTIPLE' ? `${multiple.format(decimal)}x` : count.format(decimal);
  };
}

/** Makes figures as people write them: 2 decimals for amounts, 3 for rates. */
export function factWriter(currency: string) {
  const write = numberWriter(currency);
  const percent = { style: 'percent', signDisplay: 'never' } as const;
  const change = new Intl.NumberFormat('en', { ...percent, ...decimals(1) });

  return {
    /** A figure of totals; null where it is undefined. */
    of(totals: Totals, metric: MetricKey, media: NamedMedia | null = null): SentenceFact | null {
      const value = deriveMetric(totals, metric);
      if (value === null) return null;
      return { role: 'VALUE', metric, value, text: write(metric, value), media };
    },
    /** A figure, with all its decimals where it would read like a limit that it is not. */
    apartFrom(limit: SentenceFact, figure: SentenceFact | null): SentenceFact | null {
      if (figure?.text !== limit.text || figure.value === limit.value) return figure;
      return { ...figure, text: numberWriter(currency, 20)(figure.metric, figure.value) };
    },
    given(role: 'BASE' | 'THRESHOLD', metric: MetricKey, value: string): SentenceFact {
      return { role, metric, value, text: write(metric, value), media: null };
    },
    change(metric: MetricKey, value: string): SentenceFact {
      const text = change.format(value as Intl.StringNumericLiteral);
      return { role: 'CHANGE', metric, value, text, media: null };
    },
  };
}

export type FactWriter = ReturnType<typeof factWriter>;
