import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import type { AnswerPlatformName, PlatformAnswer } from '../domain/aeo-audit/answer-platform.ts';
import { type AnswerCredential, turnsOf } from '../domain/aeo-audit/find-answer-credentials.ts';
import { answerRows, keepAnswers } from '../domain/aeo-audit/keep-answers.ts';
import { noteFailure, retryOf } from '../domain/aeo-audit/note-failure.ts';
import { type OpenedAnswer, openAnswers } from '../domain/aeo-audit/open-answers.ts';
import { PlatformError } from '../domain/aeo-audit/platform-error.ts';
import { costOf, priceAt } from '../domain/aeo-audit/prices.ts';
import { preparedBrands } from '../domain/brand/prepared-brands.ts';
import { detectBrands } from '../domain/brand-detection/detect-brands.ts';
import { today } from '../domain/calendar.ts';
import { databaseNow } from '../domain/database-clock.ts';
import {
  admitQuestion,
  isReplaced,
  noteRefused,
  noteUnanswered,
} from '../domain/platform-credential/platform-state.ts';
import { awaitTurn } from './await-turn.ts';
import { defineJob, type JobContext, NotYet } from './define-job.ts';
import { oneByOne } from './one-by-one.ts';

/** A turn that is nearer than this is waited for: putting the question off would take longer. */
const nearMs = 2_000;
/** When a question is asked with another key, where its own was replaced while it was asked with that. */
const anewMs = 1_000;

/**
 * Put one question of an audit to one platform, look for brands in what it says, and keep that.
 *
 * Idempotent: an answer that is there is never asked for again. A question whose worker died is, since nobody can say
 * whether it was heard.
 */
export const askPlatform = defineJob({
  name: 'ask-platform',
  queue: 'audits',
  payload: z.object({ answerId: z.uuid() }),
  attempts: 3,
  timeoutMs: 15 * 60_000,
  backoffMs: 2_000,

  async process({ answerId }, context) {
    const asked = await context.readTogether(openAnswers, answerId);
    if (!asked) return;
    const { credential, platform } = asked;
    if (!credential || credential.status === 'REFUSED') {
      return giveUp(context, asked, unusable(platform, credential));
    }
    const { answers, signal } = context;
    const pace = answers.limits.paces[platform];
    const turnMs = await awaitTurn(answers.pacer, turnsOf(credential), pace, {
      withinMs: nearMs,
      signal,
    });
    if (turnMs > 0) throw new NotYet(turnMs);
    // Last of all: who is let through to find out must not put itself off, or all others wait for it.
    if (credential.openUntil) await waitForBreaker(context, credential);
    await ask(context, asked, credential);
  },
});

/** @throws {NotYet} while nothing is asked with the credential, but for one question that finds out whether it is over. */
async function waitForBreaker({ read }: JobContext, { id }: AnswerCredential): Promise<void> {
  const waitMs = await read(async (em) => {
    const until = await admitQuestion(em, id);
    return until && until.getTime() - (await databaseNow(em)).getTime();
  });
  if (waitMs !== null) throw new NotYet(Math.max(1, waitMs));
}

async function ask(
  context: JobContext,
  asked: OpenedAnswer,
  credential: AnswerCredential,
): Promise<void> {
  const { answers, cipher, signal } = context;
  const { audits } = context.observer;
  const { platform, text } = asked;
  const { settings, profile } = asked.audit;
  const chosen = settings.platforms.find((each) => each.platform === platform);
  const { model = '', webSearch = false } = chosen ?? {};
  const question = { text, model, webSearch, maxOutputTokens: settings.maxOutputTokens };
  const { dialect, secretCiphertext } = credential;
  const open = { dialect, secret: cipher.decrypt(secretCiphertext) };
  const startedAt = performance.now();
  let answer: PlatformAnswer;
  try {
    const speaker = answers.platforms.get(platform);
    if (!speaker) throw new PlatformError('REJECTED', `There is no platform named ${platform}`);
    answer = await speaker.ask({ ...question, locale: profile.locale }, open, signal);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    audits.asked(platform, secondsSince(startedAt), error.kind);
    return retryLater(context, asked, credential, error);
  }
  const latencyMs = performance.now() - startedAt;
  audits.asked(platform, latencyMs / 1_000, null);
  await oneByOne();
  const lookingSince = performance.now();
  const findings = detectBrands(answer, preparedBrands(profile), {
    threshold: settings.confidenceThreshold,
    contexts: 0,
  });
  audits.brandsDetected(secondsSince(lookingSince));
  const price = priceAt({ platform, model }, today('UTC'));
  const cost = price && costOf(answer.usage, price);
  const newsOf = credential.worksNow ? null : credential.id;
  const rows = answerRows(cipher, { id: asked.id, answer, findings, latencyMs, cost, newsOf });
  await context.writeTogether(keepAnswers, rows);
}

/** @throws {NotYet} where it is to be asked again. */
async function retryLater(
  context: JobContext,
  asked: OpenedAnswer,
  credential: AnswerCredential,
  error: PlatformError,
): Promise<void> {
  const { answers, log, write } = context;
  const { pacer, limits } = answers;
  log.warn({ err: error, answerId: asked.id }, 'question not answered');
  const retry = retryOf(asked, error, limits.retries);
  if (retry.holdsOff && error.retryAfterMs) {
    await pacer.holdOff(turnsOf(credential), error.retryAfterMs);
  }
  const waitMs = await write(async (em) => {
    if (retry.blames === 'CREDENTIAL' && (await isReplaced(em, credential))) return anewMs;
    // First the answer, then the credential, as whoever keeps answers does: so nobody waits in a circle.
    await noteFailure(em, asked, error, retry);
    if (retry.blames === 'CREDENTIAL') await noteRefused(em, credential);
    if (retry.blames === 'BREAKER') await noteUnanswered(em, credential.id, limits.breaker);
    return retry.waitMs;
  });
  if (waitMs !== null) throw new NotYet(waitMs);
}

async function giveUp(
  { write, answers }: JobContext,
  asked: OpenedAnswer,
  error: PlatformError,
): Promise<void> {
  const retry = retryOf(asked, error, answers.limits.retries);
  await write((em) => noteFailure(em, asked, error, retry));
}

function unusable(platform: AnswerPlatformName, credential: AnswerCredential | undefined) {
  const cure = credential ? 'is refused: replace it' : 'is not there: give one';
  return new PlatformError(
    'AUTHENTICATION',
    `The key to ${platform} ${cure}, and retry the audit.`,
  );
}

function secondsSince(startedAt: number): number {
  return (performance.now() - startedAt) / 1_000;
}
