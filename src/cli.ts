/** The operator's commands. */
import { Command } from 'commander';
import { auditLogCommand } from './cli/audit-log.ts';
import { backfillCommand } from './cli/backfill.ts';
import { backupCommand } from './cli/backup.ts';
import { biRoleCommand } from './cli/bi-role.ts';
import { createAdminCommand } from './cli/create-admin.ts';
import { doctorCommand } from './cli/doctor.ts';
import { emergencyCommand } from './cli/emergency.ts';
import { jobsCommand } from './cli/jobs.ts';
import { mailPreviewCommand } from './cli/mail-preview.ts';
import { migrateCommand } from './cli/migrate.ts';
import { messageOf } from './cli/output.ts';
import { parseCommand } from './cli/parse.ts';
import { queueCommand } from './cli/queue.ts';
import { requeueCommand } from './cli/requeue.ts';
import { restoreCheckCommand, restoreCommand } from './cli/restore.ts';
import { revokeTokensCommand } from './cli/revoke-tokens.ts';
import { rotateKeysCommand } from './cli/rotate-keys.ts';
import { securityCommand } from './cli/security.ts';
import { workersCommand } from './cli/workers.ts';

const commands = [
  migrateCommand,
  createAdminCommand,
  biRoleCommand,
  doctorCommand,
  parseCommand,
  backfillCommand,
  jobsCommand,
  workersCommand,
  requeueCommand,
  queueCommand,
  emergencyCommand,
  revokeTokensCommand,
  securityCommand,
  auditLogCommand,
  rotateKeysCommand,
  mailPreviewCommand,
  backupCommand,
  restoreCheckCommand,
  restoreCommand,
];

const program = new Command('mediagraph').description("Mediagraph's operator commands");
for (const command of commands) program.addCommand(command);

program.parseAsync().catch((error: unknown) => {
  // A mistake of the program's own is no message for people.
  console.error(`mediagraph: ${error instanceof TypeError ? error.stack : messageOf(error)}`);
  process.exitCode = 1;
});
