import Table from 'cli-table3';
import type { Api } from '../client/api.ts';
import { AeoAuditResultsDocument, type AeoAuditResultsQuery } from '../client/operations.ts';

type AuditNode = Extract<NonNullable<AeoAuditResultsQuery['node']>, { __typename: 'AeoAudit' }>;

const columns = ['Brand', 'Visibility', '95 %', 'Share of voice', 'Cited', 'Position', 'Sentiment'];

/** Print what the answers of an audit say of brands, and what is recommended. */
export async function printAudit(api: Api, id: string): Promise<void> {
  const { node } = await api.request(AeoAuditResultsDocument, { id });
  const { results, recommendations } = node as AuditNode;
  const table = new Table({
    head: columns,
    colAligns: ['left', ...columns.slice(1).map(() => 'right' as const)],
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
  });
  for (const brand of results.brands) {
    const { low, high } = brand.visibility;
    table.push([
      ...[brand.name, percent(brand.visibility.value), `${percent(low)} – ${percent(high)}`],
      ...[percent(brand.shareOfVoice.value), percent(brand.citationRate.value)],
      ...[fixed(brand.position.value), fixed(brand.sentiment.value)],
    ]);
  }
  console.log(`\nWhat ${results.counts.answered} answers say`);
  console.log(table.toString());
  for (const { sentence, action } of recommendations) console.log(`  ${sentence} ${action}`);
}

function percent(value: number | null | undefined): string {
  return value == null ? '–' : `${Math.round(value * 100)} %`;
}

function fixed(value: number | null | undefined): string {
  return value == null ? '–' : value.toFixed(2);
}
