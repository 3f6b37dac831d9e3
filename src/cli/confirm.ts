import { createInterface } from 'node:readline/promises';

/**
 * Ask before something is done.
 *
 * @throws {Error} when the answer is no, or nobody is there to ask.
 */
export async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new Error(`${question} Nobody is there to ask: say --yes.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new Error('Nothing was done.');
}
