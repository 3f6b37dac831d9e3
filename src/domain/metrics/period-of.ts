/** How long the periods of a series are. */
export const grains = ['DAY', 'WEEK', 'MONTH'] as const;
export type Grain = (typeof grains)[number];

/**
 * SQL of the first day of the period that a day belongs to.
 *
 * @param day SQL of a date. @param weekStartsOn 1 for Monday, 0 for Sunday.
 */
export function periodOf(day: string, grain: Grain, weekStartsOn: number): string {
  if (grain === 'DAY') return day;
  if (grain === 'MONTH') return `date_trunc('month', ${day}::timestamp)::date`;
  return `(${day} - (extract(dow from ${day})::int - ${weekStartsOn} + 7) % 7)`;
}
