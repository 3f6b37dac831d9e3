/** The operator's commands. */
import { messageOf } from './cli/output.ts';
import { program } from './cli/program.ts';

program.parseAsync().catch((error: unknown) => {
  // A mistake of the program's own is no message for people.
  console.error(`mediagraph: ${error instanceof TypeError ? error.stack : messageOf(error)}`);
  process.exitCode = 1;
});
