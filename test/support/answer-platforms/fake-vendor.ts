import type { IncomingHttpHeaders } from 'node:http';
import type { AnswerPlatformName } from '../../../src/domain/aeo-audit/answer-platform.ts';
import type { WrittenAnswer } from './write-answer.ts';

/** What a vendor answers a request with. */
export interface FakeAnswer {
  status: number;
  headers?: Record<string, string>;
  body: object | string;
}

/** A question as one vendor's API has it. */
interface AskedQuestion {
  text: string;
  model: string;
  webSearch: boolean;
}

/** Where a limit of requests stands. */
export interface LimitState {
  limit: number;
  remaining: number;
  /** Until there is room for one; 0 where there is. */
  waitMs: number;
  /** Until there is room for all. */
  refillMs: number;
}

/** How a vendor's API looks from outside. */
export interface FakeVendor {
  name: AnswerPlatformName;
  /** Whether a request is for it: all vendors are at one address. */
  isMeant(path: string, headers: IncomingHttpHeaders): boolean;
  keyOf(headers: IncomingHttpHeaders): string | undefined;
  /** The call that finds out whether a key is taken, answered to those that are. */
  test: { isMeant(path: string): boolean; answer: FakeAnswer };
  readQuestion(path: string, body: Record<string, unknown>): AskedQuestion;
  answer(written: WrittenAnswer, question: AskedQuestion, number: number, path: string): object;
  requestId(number: number): Record<string, string>;
  rate(state: LimitState): Record<string, string>;
  refuse: {
    limited(state: LimitState): FakeAnswer;
    unpaid: FakeAnswer;
    revoked: FakeAnswer;
    unknownModel(model: string): FakeAnswer;
    /** It is down, in one of the ways in which it can be. */
    outage: readonly FakeAnswer[];
  };
}

/** Tokens of a text, roughly. */
export const tokensOf = (text: string) => Math.ceil(text.length / 4);

/** The whole text of an answer, as vendors have it that add nothing to it. */
export const textOf = ({ pieces }: WrittenAnswer) => pieces.map(({ text }) => text).join('');
