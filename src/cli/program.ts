import { Command } from 'commander';
import { auditLogCommand } from './audit-log.ts';
import { backfillCommand } from './backfill.ts';
import { backupCommand } from './backup.ts';
import { biRoleCommand } from './bi-role.ts';
import { createAdminCommand } from './create-admin.ts';
import { doctorCommand } from './doctor.ts';
import { emergencyCommand } from './emergency.ts';
import { jobsCommand } from './jobs.ts';
import { mailPreviewCommand } from './mail-preview.ts';
import { migrateCommand } from './migrate.ts';
import { parseCommand } from './parse.ts';
import { queueCommand } from './queue.ts';
import { requeueCommand } from './requeue.ts';
import { restoreCheckCommand, restoreCommand } from './restore.ts';
import { retentionCommand } from './retention.ts';
import { revokeTokensCommand } from './revoke-tokens.ts';
import { rotateKeysCommand } from './rotate-keys.ts';
import { securityCommand } from './security.ts';
import { workersCommand } from './workers.ts';

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
  retentionCommand,
  rotateKeysCommand,
  mailPreviewCommand,
  backupCommand,
  restoreCheckCommand,
  restoreCommand,
];

/** The operator's commands. */
export const program = new Command('mediagraph').description("Mediagraph's operator commands");
for (const command of commands) program.addCommand(command);
