import type { AnswerDialect } from '../answer-source.ts';
import { countryOf } from '../cite.ts';
import { count, part, parts } from '../read-json.ts';
import { readResponses } from '../read-responses.ts';
import { citeMarks, common } from './common.ts';

/** Perplexity's Agent API: made after OpenAI's, with the results of its searches beside the text. */
export const agent: AnswerDialect = {
  ...common,
  write({ text, model, maxOutputTokens, webSearch, locale }) {
    const country = countryOf(locale);
    const filters = country && { filters: { user_location: { country } } };
    return {
      path: '/v1/agent',
      body: {
        ...{ model, input: text, max_output_tokens: maxOutputTokens },
        ...(webSearch && { tools: [{ type: 'web_search', ...filters }] }),
      },
    };
  },
  read(answer) {
    const { contents: _, tokens, ...read } = readResponses(answer);
    const { usage, output } = part(answer);
    const searches = parts(output).filter(({ type }) => type === 'search_results');
    const results = searches.flatMap((search) => parts(search.results));
    // Of those of one id, the first.
    const byId = new Map(results.toReversed().map((result) => [result.id, result]));
    const invocations = part(part(part(usage).tool_calls_details).search_web).invocation;
    return {
      ...read,
      citations: citeMarks(read.text, results, (number) => byId.get(number)),
      usage: { ...tokens, searches: count(invocations) || searches.length },
    };
  },
};
