import { type Command, CommanderError } from 'commander';
import { messageOf } from './output.ts';
import { program } from './program.ts';

throwWhereItWouldExit(program);

/**
 * Run one of the operator's commands. What goes wrong is said, and leaves the process's `exitCode` at 1.
 *
 * @param args what stands after the program's name.
 */
export async function runCommand(args: string[]): Promise<void> {
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // It has been said, or was nothing wrong: `--help`.
      process.exitCode = error.exitCode;
      return;
    }
    // A mistake of the program's own is no message for people.
    console.error(`mediagraph: ${error instanceof TypeError ? error.stack : messageOf(error)}`);
    process.exitCode = 1;
  }
}

function throwWhereItWouldExit(command: Command): void {
  command.exitOverride();
  command.commands.forEach(throwWhereItWouldExit);
}
