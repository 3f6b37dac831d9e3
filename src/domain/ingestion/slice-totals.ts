/** Facts of one slice, summed: counts as integers, conversions and money as exact decimals. */
export interface SliceTotals {
  rows: number;
  impressions: number;
  clicks: number | null;
  conversions: string | null;
  revenue: string | null;
  spend: string;
}
