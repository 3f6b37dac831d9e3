import { type QuestionCategory, questionCategories } from './question-category.ts';
import { spaced } from './question-text.ts';
import { wordsOf } from './words.ts';

/** A question that an answer platform proposes; the category where it says one. */
export interface AiProposal {
  text: string;
  category: QuestionCategory | null;
}

/** What is read of one answer, in characters; and taken from it, in questions. */
const maxRead = 200_000;
const maxProposals = 500;
/** Of a question, in characters. */
const shortest = 10;
const longest = 300;
/** Of places where an array may begin. */
const maxTries = 10;
/** How a question ends, in Latin, Chinese and Arabic script. */
const ending = /[?？؟]$/u;
/** Of a line that is read, in characters. */
const longestLine = 600;
/** Of JSON within JSON. */
const maxDepth = 5;

/**
 * The questions in an answer to `promptForQuestions`: a JSON array with or without words around it, JSON that breaks
 * off, or a list in prose under headings. All else is left out: what is no question, has markup, addresses or
 * instructions to a machine, is too long, or was there before.
 *
 * @returns at most 500, in order, without characters that do not print.
 */
export function readProposals(answer: string): AiProposal[] {
  const read = answer.slice(0, maxRead);
  const [most = []] = [arrayIn, objectIn, wholeObjectsIn]
    .map((understand) => questionsAmong(understand(read)))
    .sort((a, b) => b.length - a.length);
  return most.length > 0 ? most : questionsAmong(linesOf(read));
}

/** The first questions among proposals, cleaned, each once. */
function questionsAmong(proposals: Iterable<AiProposal>): AiProposal[] {
  const kept = new Map<string, AiProposal>();
  for (const { text, category } of proposals) {
    if (kept.size >= maxProposals) break;
    const clean = spaced(text.replaceAll(/\p{Cc}/gu, ' ').replaceAll(/\p{Cf}/gu, ''));
    const key = isQuestion(clean) ? wordsOf(clean).join(' ') : '';
    if (key !== '' && !kept.has(key)) kept.set(key, { text: clean, category });
  }
  return [...kept.values()];
}

/** The name of a brand may be a domain; an address has more. */
const address = /https?:|www\.|\S@\S+\.|\w\.[a-z]{2,}\/\w/i;
const markup = /[<>{}[\]`|\\\p{Cs}\ufffd]/u;
const instruction =
  /\b(?:ignore|disregard|forget|override)\b.*\b(?:instruction|prompt|rule|previous|above|system)|\b(?:system|assistant|user) ?:/i;

function isQuestion(text: string): boolean {
  if (text.length < shortest || text.length > longest || !ending.test(text)) return false;
  return !address.test(text) && !markup.test(text) && !instruction.test(text);
}

/** The array that ends where the last one does; what looks like one before it may be a footnote. */
function arrayIn(answer: string): Iterable<AiProposal> {
  const end = answer.lastIndexOf(']') + 1;
  let start = answer.indexOf('[');
  for (let tries = 0; tries < maxTries && start >= 0 && start < end; tries++) {
    const array = parsed(answer.slice(start, end));
    if (array !== undefined) return proposalsOf(array);
    start = answer.indexOf('[', start + 1);
  }
  return [];
}

function objectIn(answer: string): Iterable<AiProposal> {
  return proposalsOf(parsed(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1)));
}

/** Of JSON that breaks off, the objects that are whole. */
function wholeObjectsIn(answer: string): Iterable<AiProposal> {
  return proposalsOf((answer.match(/\{[^{}]{1,2000}\}/g) ?? []).map(parsed));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** What a parsed answer proposes: texts, objects with a text, or either in lists by category. */
function* proposalsOf(
  value: unknown,
  category: QuestionCategory | null = null,
  depth = 0,
): Iterable<AiProposal> {
  if (typeof value === 'string') yield { text: value, category };
  if (typeof value !== 'object' || value === null || depth > maxDepth) return;
  if (Array.isArray(value)) {
    for (const each of value) yield* proposalsOf(each, category, depth + 1);
    return;
  }
  const fields = new Map<string, unknown>(Object.entries(value));
  const said = fields.get('category');
  const own = typeof said === 'string' ? (categoryIn(said) ?? category) : category;
  const text = fields.get('question') ?? fields.get('text') ?? fields.get('prompt');
  if (typeof text === 'string') return yield { text, category: own };
  for (const [key, each] of fields) {
    if (typeof each === 'object') yield* proposalsOf(each, categoryIn(key) ?? own, depth + 1);
  }
}

/** The lines of a list in prose that are questions, without their bullets, numbers, quotes and emphasis. */
function* linesOf(answer: string): Iterable<AiProposal> {
  let category: QuestionCategory | null = null;
  for (const line of answer.split(/\r\n?|\n/)) {
    if (line.length > longestLine) continue;
    const text = line
      .replace(/^[\s>#*•·–-]*(?:\(?\d{1,4}[.):]\s*)?[\s*_"'“„«]*/u, '')
      .replace(/[\s*_"'”“»,]*$/u, '');
    category = (ending.test(text) ? null : categoryIn(text)) ?? category;
    yield { text, category };
  }
}

/** The category that a heading or field begins with, whatever its case and number. */
function categoryIn(name: string): QuestionCategory | null {
  if (name.length > 60) return null;
  const words = wordsOf(name.replaceAll('_', ' ')).join(' ');
  const isNamed = (category: QuestionCategory) =>
    words.startsWith(category.toLowerCase().replace('_', ' ').replace(/s$/, ''));
  return questionCategories.find(isNamed) ?? null;
}
