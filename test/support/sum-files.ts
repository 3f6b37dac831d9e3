/**
 * Sums of the rows of Surfside files that keep every rule, worked out without any of the product's code:
 * what its answers are compared with. Amounts are summed in whole billionths, so that nothing is rounded.
 */
export interface FileSums {
  rows: number;
  rejected: number;
  impressions: bigint;
  clicks: bigint;
  conversions: bigint;
  /** In billionths. */
  revenue: bigint;
}

/** Add up CSV texts whose cells hold no quotes, each standing for one day. */
export function sumFiles(files: { date: string; body: string }[]): FileSums {
  const sums = { rows: 0, rejected: 0, impressions: 0n, clicks: 0n, conversions: 0n, revenue: 0n };
  for (const { date, body } of files) {
    const [, ...lines] = body.trim().split('\n');
    for (const line of lines) {
      const [day, campaign, strategy, placement, creative, ...facts] = line.split(',');
      const [impressions, clicks, conversions, revenue] = facts.map(Number);
      const isComplete = [campaign, strategy, placement, creative].every((name) => name?.trim());
      const isSound =
        Number(impressions) >= Number(clicks) && Number(clicks) >= Number(conversions);
      sums.rows += 1;
      if (!isComplete || !isSound || day !== date) {
        sums.rejected += 1;
        continue;
      }
      sums.impressions += BigInt(Number(impressions));
      sums.clicks += BigInt(Number(clicks));
      sums.conversions += BigInt(Number(conversions));
      sums.revenue += toBillionths(facts[3] ?? String(revenue));
    }
  }
  return sums;
}

/** `12.5` is 12,500,000,000. */
export function toBillionths(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9));
}
