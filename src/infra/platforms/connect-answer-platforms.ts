import type { Config } from '../../config-schema.ts';
import type { AnswerSource } from '../../connectors/answers/answer-source.ts';
import type {
  AnswerPlatform,
  AnswerPlatformName,
  AnswerPlatforms,
} from '../../domain/aeo-audit/answer-platform.ts';
import { PlatformError } from '../../domain/aeo-audit/platform-error.ts';
import type { OpenCredential } from '../../domain/platform-credential/credential-platform.ts';
import { PlatformError as ReportPlatformError } from '../../domain/report/report-platform.ts';
import { createGuardedClient } from '../guarded-fetch/guarded-client.ts';
import { type AskedDialect, askPlatform, testKey } from './ask-platform.ts';
import { addressAt, placesAt, readStandIns } from './stand-ins.ts';

/** Who stands in for platforms, and how long and large an answer may be. */
export type AnswerPlatformConfig = Pick<
  Config,
  'PLATFORM_STAND_INS' | 'AUDIT_PLATFORM_TIMEOUT_SECONDS' | 'AUDIT_MAX_ANSWER_BYTES'
>;

/** The platforms that answer questions. They are called nowhere but at their own addresses. */
export function connectAnswerPlatforms(
  sources: ReadonlyMap<AnswerPlatformName, AnswerSource>,
  config: AnswerPlatformConfig,
): { answerPlatforms: AnswerPlatforms; close(): Promise<void> } {
  const standIns = readStandIns(config.PLATFORM_STAND_INS);
  const closing: (() => Promise<void>)[] = [];
  const answerPlatforms = new Map<AnswerPlatformName, AnswerPlatform>();
  for (const source of sources.values()) {
    const { platform, close } = connectPlatform(source, standIns.get(source.name), config);
    answerPlatforms.set(source.name, platform);
    closing.push(close);
  }
  const close = async () => {
    await Promise.all(closing.map((each) => each()));
  };
  return { answerPlatforms, close };
}

function connectPlatform(
  { label, dialects }: AnswerSource,
  standIn: string | undefined,
  config: AnswerPlatformConfig,
): { platform: AnswerPlatform; close(): Promise<void> } {
  const client = createGuardedClient({
    mostBytes: config.AUDIT_MAX_ANSWER_BYTES,
    timeoutMs: config.AUDIT_PLATFORM_TIMEOUT_SECONDS * 1000,
    ...placesAt(
      standIn,
      [...dialects.values()].map(({ address }) => new URL(address).host),
    ),
  });
  const dialectOf = ({ dialect: name, secret }: OpenCredential, signal: AbortSignal) => {
    const dialect = dialects.get(name);
    if (!dialect) throw new PlatformError('REJECTED', `${label} has no API named ${name}`);
    const address = addressAt(standIn, dialect.address);
    return { label, dialect, address, secret, signal } satisfies AskedDialect;
  };
  const platform: AnswerPlatform = {
    label,
    dialects: [...dialects.keys()],
    isShared: true,
    ask: async (question, credential, signal) =>
      askPlatform(client, dialectOf(credential, signal), question),
    async test(credential) {
      try {
        await testKey(client, dialectOf(credential, new AbortController().signal));
      } catch (error) {
        if (!(error instanceof PlatformError)) throw error;
        const failure = error.kind === 'AUTHENTICATION' ? 'REFUSED' : 'UNANSWERED';
        throw new ReportPlatformError(failure, error.message);
      }
    },
  };
  return { platform, close: () => client.close() };
}
