import { parse } from 'graphql';
import type { Viewer } from '../../src/domain/identity/viewer.ts';
import type { createGraph } from './graph.ts';

// biome-ignore lint/suspicious/noExplicitAny: each test asks for something else.
export type Answer = Record<string, any>;

/** Ask the graph in its own words, for tests whose questions nobody else asks. */
export async function ask(
  graph: Awaited<ReturnType<typeof createGraph>>,
  viewer: Viewer,
  text: string,
  variables: object = {},
): Promise<{ data: Answer; error: Error | undefined; statements: string[] }> {
  const { result, statements } = await graph.run(viewer, parse(text) as never, variables);
  const [error] = result.errors ?? [];
  return { data: result.data as Answer, error: error?.originalError ?? error, statements };
}
