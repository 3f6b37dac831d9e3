import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Brand } from '../../src/domain/brand-detection/brand.ts';

/** What is expected of one brand in an answer. */
interface Label {
  readonly sentiment?: string;
  readonly position?: number;
  readonly cited?: number;
}

/** An answer, and what somebody who read it says that it names. */
export interface LabelledAnswer {
  readonly id: string;
  readonly part: 'tuning' | 'held-out';
  readonly text: string;
  readonly citations: readonly { url: string; title: null }[];
  readonly brands: readonly Brand[];
  readonly mentions: readonly { brandId: string; start: number; end: number }[];
  readonly labels: ReadonlyMap<string, Label>;
  readonly noInformation: boolean;
}

interface Written {
  readonly id: string;
  readonly text: string;
  readonly citations?: readonly string[];
  readonly brands?: Readonly<Record<string, Label>>;
  readonly noInformation?: boolean;
}

/** The labelled answers of both parts. Read from the sources, since nothing compiles them. */
export function readLabelledAnswers(): LabelledAnswer[] {
  const profiles: Record<string, readonly Brand[]> = parse(
    readFileSync(`${folder}/profiles.yaml`, 'utf8'),
  );
  return (['tuning', 'held-out'] as const).flatMap((part) =>
    readdirSync(`${folder}/answers/${part}`).flatMap((file) => {
      const { profile, answers }: { profile: string; answers: Written[] } = parse(
        readFileSync(`${folder}/answers/${part}/${file}`, 'utf8'),
      );
      return answers.map((answer) => ({
        id: `${part}/${profile}/${answer.id}`,
        part,
        ...readMarks(answer.text),
        citations: (answer.citations ?? []).map((url) => ({ url, title: null })),
        brands: profiles[profile] ?? [],
        labels: new Map(Object.entries(answer.brands ?? {})),
        noInformation: answer.noInformation ?? false,
      }));
    }),
  );
}

/** Take the marks out of a text, and say where they were. */
function readMarks(marked: string): Pick<LabelledAnswer, 'text' | 'mentions'> {
  const mentions: { brandId: string; start: number; end: number }[] = [];
  let text = '';
  let from = 0;
  for (const match of marked.matchAll(/⟦(\w+):([^⟧]+)⟧/g)) {
    const [whole, brandId = '', name = ''] = match;
    text += marked.slice(from, match.index);
    mentions.push({ brandId, start: text.length, end: text.length + name.length });
    text += name;
    from = match.index + whole.length;
  }
  return { text: text + marked.slice(from), mentions };
}

const folder = 'bench/brands';
