import { detectBrands } from '../../src/domain/brand-detection/detect-brands.ts';
import { prepareProfile } from '../../src/domain/brand-detection/profile.ts';
import { readLabelledAnswers } from './labels.ts';

/** With 30 brands: labelled answers a second, one after another, and megabytes a second of one answer that is made of them. */
export function measureThroughput(megabytes: number): { answers: number; megabytes: number } {
  const labelled = readLabelledAnswers();
  const brands = new Map(
    labelled.flatMap((answer) => answer.brands).map((brand) => [brand.id, brand]),
  );
  const profile = prepareProfile([...brands.values()].slice(0, 30));
  const texts = labelled.map(({ text }) => text);
  const read = (text: string) => detectBrands({ text, citations: [] }, profile);
  const once = `${texts.join('\n\n')}\n\n`;
  const large = once.repeat(Math.ceil((megabytes * 1e6) / Buffer.byteLength(once)));
  for (const text of texts) read(text);
  const tookMs = [
    time(() => {
      for (const text of texts) read(text);
    }),
    time(() => {
      read(large);
    }),
  ];
  return {
    answers: (texts.length * 1000) / (tookMs[0] as number),
    megabytes: Buffer.byteLength(large) / 1000 / (tookMs[1] as number),
  };
}

function time(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}
