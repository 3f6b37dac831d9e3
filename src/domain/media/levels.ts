/** The four levels of the media hierarchy, from the top, with the columns that lead from each to its parent. */
export const levels = [
  { level: 'CAMPAIGN', name: 'campaign', table: 'campaigns', parentColumn: 'client_id' },
  { level: 'STRATEGY', name: 'strategy', table: 'strategies', parentColumn: 'campaign_id' },
  { level: 'PLACEMENT', name: 'placement', table: 'placements', parentColumn: 'strategy_id' },
  { level: 'CREATIVE', name: 'creative', table: 'creatives', parentColumn: 'placement_id' },
] as const;

/** A level by its name. */
export type MediaLevel = (typeof levels)[number]['name'];
