import { Command, Option } from 'commander';
import { confirm } from './confirm.ts';
import { withOperator } from './connect.ts';
import { findOrganization } from './find-organization.ts';
import { count } from './output.ts';

interface Options {
  organization?: string;
  all?: true;
  serviceTokens?: true;
  yes?: true;
}

export const revokeTokensCommand = new Command('revoke-tokens')
  .description('end all sessions of an organization, or of all: everybody signs in anew')
  .option('--organization <name|id>', 'the organization')
  .addOption(new Option('--all', 'every organization').conflicts('organization'))
  .option('--service-tokens', "end the machines' service tokens as well")
  .option('--yes', 'do not ask')
  .addHelpText('after', '\nExample:\n  $ npm run cli -- revoke-tokens --organization "My agency"')
  .action(({ organization, all, serviceTokens, yes }: Options) =>
    withOperator(async ({ operator }) => {
      if (!organization && !all) throw new Error('Name an --organization, or say --all.');
      const { id, name } = organization
        ? await findOrganization(operator, organization)
        : { id: null, name: 'all organizations' };
      const what = serviceTokens ? 'sessions and service tokens' : 'sessions';
      if (!yes) await confirm(`End all ${what} of ${name}?`);
      const [ended] = await operator.asOwner<{ sessions: string; tokens: string }>(
        `select end_sessions(?) as sessions, case when ? then end_service_tokens(?) else 0 end as tokens`,
        [id, serviceTokens ?? false, id],
      );
      console.log(`Ended ${count(BigInt(ended?.sessions ?? 0))} sessions of ${name}.`);
      if (serviceTokens) console.log(`Ended ${count(BigInt(ended?.tokens ?? 0))} service tokens.`);
    }),
  );
