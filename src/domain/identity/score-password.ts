import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

// Loaded at the first password that is chosen: the lists take some megabytes.
const zxcvbn = new ZxcvbnFactory({ dictionary: { ...dictionary }, graphs: adjacencyGraphs });

/** @returns 0 (guessed at once) to 4, by lists of 50,000 breached passwords and of common words, and by patterns. */
export function scorePassword(password: string, about: string[]): number {
  const words = about.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]);
  return zxcvbn.check(
    password,
    words.filter((word) => word.length > 2),
  ).score;
}
