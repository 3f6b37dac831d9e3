import { PlatformError } from '../../../domain/aeo-audit/platform-error.ts';
import type { AnswerDialect } from '../answer-source.ts';
import { countryOf } from '../cite.ts';
import { count, part, parts, words } from '../read-json.ts';
import { citeMarks, common } from './common.ts';

/** Perplexity's chat completions (Sonar), whose support has ended: the Agent API answers in their form. */
export const chat: AnswerDialect = {
  ...common,
  write({ text, model, maxOutputTokens, webSearch, locale }) {
    const country = countryOf(locale);
    const where = country && { web_search_options: { user_location: { country } } };
    return {
      path: '/chat/completions',
      body: {
        ...{ model, max_tokens: maxOutputTokens },
        messages: [{ role: 'user', content: text }],
        ...(webSearch ? where : { disable_search: true }),
      },
    };
  },
  read(answer) {
    const { choices, search_results, citations, model, usage } = part(answer);
    const [choice] = parts(choices);
    const text = words(part(choice?.message).content);
    if (!text) throw new PlatformError('MALFORMED', 'gave an answer without a text');
    const found = parts(search_results);
    const named = Array.isArray(citations) ? citations.map((url) => ({ url })) : [];
    const results = found.length > 0 ? found : named;
    const tokens = part(usage);
    return {
      text,
      citations: citeMarks(text, results, (number) => results[number - 1]),
      model: words(model) ?? '',
      finishReason: choice?.finish_reason === 'length' ? 'LENGTH' : 'COMPLETE',
      usage: {
        inputTokens: count(tokens.prompt_tokens),
        outputTokens: count(tokens.completion_tokens),
        cachedInputTokens: 0,
        reasoningTokens: count(tokens.reasoning_tokens),
        searches: count(tokens.num_search_queries),
      },
    };
  },
};
