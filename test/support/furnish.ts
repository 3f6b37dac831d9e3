import { randomUUID } from 'node:crypto';
import { parse } from 'graphql';
import type { Client } from '../../src/domain/client/client.entity.ts';
import type { Feed } from '../../src/domain/feed/feed.entity.ts';
import { beginFile, finishFile } from '../../src/domain/file/make-file.ts';
import { toGlobalId } from '../../src/domain/global-id.ts';
import { createUser } from '../../src/domain/identity/create-user.ts';
import { summarizePeriod } from '../../src/domain/summary/summarize-period.ts';
import { queueDeliveries } from '../../src/domain/webhook/queue-deliveries.ts';
import { type Agency, addClient, addFeed } from './agency.ts';
import { openAuthenticator } from './authenticator.ts';
import { createGraph } from './graph.ts';
import { createLoader } from './loader.ts';
import { surfsideFile, surfsideRow } from './surfside-file.ts';
import { addCredential, addVibeFeed } from './vibe/vibe-feed.ts';

/** Give an organization something of every kind that there is, a day of facts among them. @returns its client. */
export async function furnish(agency: Agency): Promise<Client> {
  const { database, cipher, tenant, actor } = agency;
  const [authenticator, loader, graph] = await Promise.all([
    openAuthenticator(agency),
    createLoader(agency),
    createGraph(agency),
  ]);
  const ask = async (text: string, variables: object = {}) => {
    const { result } = await graph.run(actor, parse(text) as never, variables);
    if (result.errors) throw result.errors[0];
    return JSON.stringify(result.data);
  };
  try {
    await authenticator.signIn(agency.owner, actor.origin);
    const client = await addClient(agency, 'Furnished');
    const feed = await addFeed(agency, client);
    const rows = [surfsideRow(), surfsideRow({ creative: 'Wrong', clicks: 5_000 })];
    await agency.bucket.put('report-2026-01-05.csv', surfsideFile('2026-01-05', rows));
    const { run } = await loader.load(feed, '2026-01-05');
    const credential = await addCredential(agency, client);
    await addVibeFeed(agency, client, credential);
    await database.withTenant(tenant, (em) =>
      em.execute(
        `insert into report_requests
           (organization_id, client_id, feed_id, run_id, credential_id, from_date, to_date, deadline_at)
         values (app_organization(), ?, ?, ?, ?, '2026-01-05', '2026-01-05', now())`,
        [client.id, feed.id, run.id, credential.id],
      ),
    );
    await database.withTenant(tenant, (em) =>
      createUser(em, cipher, {
        ...{ organizationId: tenant.organizationId, role: 'CLIENT', clientIds: [client.id] },
        ...{ email: `${randomUUID()}@client.example`, password: agency.owner.password },
      }),
    );
    await database.withTenant(tenant, async (em) => {
      await em.execute(
        `insert into audit_log (organization_id, action, entity_type, at)
         values (app_organization(), 'UPDATE', 'Client', '2020-01-15')`,
      );
      await em.execute(`select archive_audit_month(false, '2020-01-01', ?, 1, 1, '')`, [client.id]);
    });
    await furnishArchive(agency, feed);
    const week = { kind: 'WEEKLY', from: '2026-01-05', to: '2026-01-11' } as const;
    await database.withTenant(tenant, (em) => summarizePeriod(em, client.id, week));
    const things =
      '{ clients { nodes { id } } campaigns { nodes { id } } memberships { nodes { id } } }';
    const [clientId, campaignId, ...memberIds] = (await ask(things)).match(
      /(?<="id":")[^"]+/g,
    ) as string[];
    await ask(
      `mutation ($clientId: ID!, $campaignIds: [ID!]!, $campaignId: ID!, $memberId: ID!, $newId: ID!, $feedId: ID!) {
         setRateCard(input: { clientId: $clientId, cpm: "12", effectiveFrom: "2026-01-01" }) { rateCard { id } }
         createBudget(input: { clientId: $clientId, campaignId: $campaignId, amount: "1000", fromDate: "2026-01-01", toDate: "2026-01-31" }) { budget { id } }
         setCampaignLabels(input: { campaignIds: $campaignIds, add: ["Always on"] }) { campaigns { id } }
         createServiceToken(input: { name: "BI", scopes: [READ], idempotencyKey: "BI" }) { serviceToken { id } }
         resetMemberPassword(id: $memberId) { __typename }
         pauseQueue(input: { queue: "ingestion", reason: "For now" }) { __typename }
         inviteUser(input: { email: "guest@agency.example", role: ANALYST }) { invitation { id } }
         requestUserErasure(membershipId: $newId) { erasure { id } }
         backfill(input: { feedId: $feedId, range: { from: "2026-01-01", to: "2026-01-04" } }) { backfill { id } }
         exportMetrics(input: {
           format: CSV, dimensions: [CAMPAIGN], metrics: [SPEND], range: { from: "2026-01-01", to: "2026-01-31" },
           filters: { clientIds: [$clientId] }
         }) { metricsExport { id } }
         setAlertRecipients(input: { emails: ["alerts@agency.example"] }) { __typename }
         setRuleSeverity(input: { source: "SURFSIDE", rule: CTR_DIFFERS, severity: ERROR }) { __typename }
       }`,
      {
        clientId,
        campaignIds: [campaignId],
        campaignId,
        memberId: memberIds.at(-1),
        newId: memberIds[0],
        feedId: toGlobalId('Feed', feed.id),
      },
    );
    await database.withTenant(tenant, (em) =>
      em.execute(
        `insert into breach_notices (organization_id, notice_hash, subject, user_id, mail_id)
         select app_organization(), 'hash', 'Notice', ?, id from mails limit 1`,
        [actor.userId],
      ),
    );
    await database.withTenant(tenant, async (em) => {
      const { organizationId } = tenant;
      const wanted = {
        ...({ kind: 'CLIENT_EXPORT', name: 'data.zip', contentType: 'application/zip' } as const),
        ...{ organizationId, clientId: client.id, userId: null, requestedBy: actor.userId },
        ...{ jobRunId: null, lifeDays: 1 },
      };
      const { id } = await beginFile(em, wanted);
      await finishFile(em, id, { sizeBytes: 1, sha256: 'a hash' });
    });
    await furnishSettings(ask, toGlobalId('Client', client.id), toGlobalId('Feed', feed.id));
    await furnishReport(agency, ask);
    await furnishAudit(agency, ask, toGlobalId('Client', client.id));
    await database.withTenant(tenant, (em) =>
      em.execute(
        `insert into alerts (organization_id, client_id, rule_id, kind, message)
         select organization_id, client_id, id, 'RULE', 'Late' from alert_rules`,
      ),
    );
    await database.withTenant(tenant, queueDeliveries);
    return client;
  } finally {
    await Promise.all([loader.close(), authenticator.close(), graph.close()]);
  }
}

type Ask = (text: string, variables?: object) => Promise<string>;

async function furnishSettings(ask: Ask, clientId: string, feedId: string): Promise<void> {
  await ask(
    `mutation ($clientId: ID!, $feedId: ID!) {
       createColumnMapping(input: {
         clientId: $clientId, source: "SURFSIDE", name: "Theirs", columns: [{ header: "Tag", field: "date" }]
       }) { columnMapping { id } }
       createReportDefinition(input: {
         clientId: $clientId, name: "Weekly", rangePreset: LAST_WEEK, metrics: [SPEND],
         emails: ["report@client.example"], timing: { frequency: WEEKLY }
       }) { reportDefinition { id } }
       createUpload(input: { feedId: $feedId, fileName: "a.csv", sizeBytes: 10 }) { upload { id } }
       createAlertRule(input: {
         clientId: $clientId, name: "Late", subject: DAYS_BEHIND, comparison: ABOVE, threshold: "3"
       }) { alertRule { id } }
       createWebhook(input: {
         clientId: $clientId, name: "On-call", url: "https://hooks.example/", events: [ALERT_BEGAN]
       }) { webhook { id } }
     }`,
    { clientId, feedId },
  );
}

/** A month without facts that left for the archive, and of which sums stayed. */
async function furnishArchive({ database, tenant }: Agency, feed: Feed): Promise<void> {
  await database.withTenant(tenant, async (em) => {
    await em.execute(
      `insert into metric_archives (client_id, month, organization_id, file_key, sums, fingerprint, size_bytes, sha256)
       values (?, '2020-01-01', app_organization(), ?, '{"rows": 0}', 0, 1, 'a hash')`,
      [feed.clientId, `facts/${feed.clientId}`],
    );
    await em.execute(
      `insert into daily_rollups
         (entity_id, date, feed_id, reported, level, organization_id, client_id, impressions, spend)
       values (?, '2020-01-05', ?, 0, 'CLIENT', app_organization(), ?, 1, 1)`,
      [feed.clientId, feed.id, feed.clientId],
    );
    await em.execute(`select remove_archived_month('2020-01-01')`);
  });
}

/** A report that is about to be issued, and one mail of it. */
async function furnishReport({ database, tenant }: Agency, ask: Ask): Promise<void> {
  const [id] =
    (await ask('{ reportDefinitions { nodes { id } } }')).match(/(?<="id":")[^"]+/) ?? [];
  await ask(
    `mutation ($id: ID!) { issueReport(input: { reportDefinitionId: $id }) { issuedReport { id } } }`,
    { id },
  );
  await database.withTenant(tenant, (em) =>
    em.execute(
      `insert into report_deliveries
         (organization_id, client_id, report_id, mail_id, email_ciphertext, email_index)
       select r.organization_id, r.client_id, r.id, (select id from mails limit 1), e.email_ciphertext, e.email_index
       from issued_reports r join report_recipients e on e.definition_id = r.definition_id`,
    ),
  );
}

async function furnishAudit({ database, tenant }: Agency, ask: Ask, clientId: string) {
  const made = await ask(
    `mutation ($clientId: ID!) {
       setBrandProfile(input: { clientId: $clientId, name: "Furnished", competitors: [{ name: "Rival" }] }) {
         brandProfile { locale }
       }
       createAeoSetUp(input: {
         clientId: $clientId, name: "Weekly", categories: [PRICING], platforms: [{ platform: OPENAI, model: "model" }]
       }) { aeoSetUp { id } }
     }`,
    { clientId },
  );
  const setUpId = JSON.parse(made).createAeoSetUp.aeoSetUp.id;
  await ask('mutation ($setUpId: ID!) { startAeoAudit(setUpId: $setUpId) { aeoAudit { id } } }', {
    setUpId,
  });
  await database.withTenant(tenant, (em) =>
    em.execute(
      `with question as (
         insert into aeo_questions (organization_id, client_id, audit_id, place, text, category, type, provider, priority)
         select organization_id, client_id, id, 1, 'Which?', 'PRICING', 'INDUSTRY_GENERAL', 'CUSTOM', 1 from aeo_audits
         returning *
       ), answer as (
         insert into aeo_answers (organization_id, client_id, audit_id, question_id, platform, repetition)
         select organization_id, client_id, audit_id, id, 'OPENAI', 1 from question returning *
       ), citation as (
         insert into aeo_citations (organization_id, client_id, audit_id, answer_id, place, domain, url)
         select organization_id, client_id, audit_id, id, 1, 'a.example', 'https://a.example' from answer
       )
       insert into aeo_findings (organization_id, client_id, audit_id, answer_id, brand_id, mention_count, citation_count, mentions)
       select a.organization_id, a.client_id, a.audit_id, a.id, b.id, 0, 1, '[]' from answer a, brands b`,
    ),
  );
}
