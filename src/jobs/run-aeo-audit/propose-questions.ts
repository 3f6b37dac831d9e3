import type { AeoAudit } from '../../domain/aeo-audit/aeo-audit.entity.ts';
import { findAnswerCredentials, turnsOf } from '../../domain/aeo-audit/find-answer-credentials.ts';
import { noteProposalCost } from '../../domain/aeo-audit/keep-proposals.ts';
import { PlatformError } from '../../domain/aeo-audit/platform-error.ts';
import { costOf, costUnits, priceAt } from '../../domain/aeo-audit/prices.ts';
import { today } from '../../domain/calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import type { JobContext } from '../define-job.ts';

/** A list of questions is long. */
const maxOutputTokens = 8_192;

/**
 * Have the first platform of an audit propose questions. It is asked once: an audit goes without what it does not say.
 * What that costs is the audit's.
 *
 * @returns its answer, as it came.
 * @throws {DomainError} UPSTREAM_FAILED: there is no key, no answer, or no room for it within the cost cap.
 */
export async function proposeQuestions(
  { read, write, answers, cipher, signal }: JobContext,
  { id, clientId, settings, profile }: AeoAudit,
  prompt: string,
): Promise<string> {
  const [first] = settings.platforms;
  if (!first) throw new DomainError('UPSTREAM_FAILED', 'The audit asks no platform');
  const { platform: name, model } = first;
  const platform = answers.platforms.get(name);
  const found = await read((em) => findAnswerCredentials(em, clientId, [name]));
  const credential = found.get(name);
  if (!platform || !credential || credential.status === 'REFUSED') {
    throw new DomainError('UPSTREAM_FAILED', `there is no key to ${name} that works`);
  }
  const price = priceAt(first, today('UTC'));
  // A token is a character at least.
  const usage = { inputTokens: prompt.length, outputTokens: maxOutputTokens, searches: 0 };
  const most = price && costOf({ ...usage, cachedInputTokens: 0 }, price);
  if (settings.costCap && most && costUnits(most) > costUnits(settings.costCap)) {
    throw new DomainError('UPSTREAM_FAILED', 'it could cost more than the cost cap allows');
  }
  const waitMs = await answers.pacer.take(turnsOf(credential), answers.limits.paces[name]);
  if (waitMs > 0) throw new DomainError('UPSTREAM_FAILED', `${name} is asked too much already`);
  const open = { dialect: credential.dialect, secret: cipher.decrypt(credential.secretCiphertext) };
  const question = { text: prompt, model, maxOutputTokens, webSearch: false };
  try {
    const answer = await platform.ask({ ...question, locale: profile.locale }, open, signal);
    if (price) await write((em) => noteProposalCost(em, id, costOf(answer.usage, price)));
    return answer.text;
  } catch (error) {
    if (error instanceof PlatformError) {
      throw new DomainError('UPSTREAM_FAILED', error.message, { cause: error });
    }
    throw error;
  }
}
