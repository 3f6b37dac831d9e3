/** The four levels of the media hierarchy, from the top, with the columns that lead from each to its parent. */
export const levels = [
  { level: 'CAMPAIGN', name: 'campaign', table: 'campaigns', parentColumn: 'client_id' },
  { level: 'STRATEGY', name: 'strategy', table: 'strategies', parentColumn: 'campaign_id' },
  { level: 'PLACEMENT', name: 'placement', table: 'placements', parentColumn: 'strategy_id' },
  { level: 'CREATIVE', name: 'creative', table: 'creatives', parentColumn: 'placement_id' },
] as const;

/** A level by its name. */
export type MediaLevel = (typeof levels)[number]['name'];

/** What a graph of media is made of: clients, and below them the levels of the hierarchy. */
export type NodeLevel = 'client' | MediaLevel;

/**
 * Where the facts of a level's nodes are: rolled up by day, but for creatives, whose days are facts themselves.
 */
export function factsAt(level: NodeLevel): { table: FactTable; column: string } {
  return level === 'creative'
    ? { table: 'daily_metrics', column: 'creative_id' }
    : { table: 'daily_rollups', column: 'entity_id' };
}

export type FactTable = 'daily_metrics' | 'daily_rollups' | 'monthly_rollups';

/** The table of a level. */
export function tableOf(level: NodeLevel): string {
  return levels.find(({ name }) => name === level)?.table ?? 'clients';
}
