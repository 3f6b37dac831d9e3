import { createHash } from 'node:crypto';
import { addDays } from '../../src/domain/calendar.ts';

/** How much of everything a client has: each number counts the children of one parent. */
export interface Shape {
  campaigns: number;
  strategies: number;
  placements: number;
  creatives: number;
}

/** 50,000 creatives a client, each with a row a day: 13.5 million rows. */
export const fullShape: Shape = { campaigns: 40, strategies: 5, placements: 10, creatives: 25 };
/** 5,000 creatives a client: 1.35 million rows. */
export const smallShape: Shape = { campaigns: 40, strategies: 5, placements: 5, creatives: 5 };
/** Of the organization that nobody asks about. */
export const foreignShape: Shape = { ...smallShape, creatives: 1 };

export const clientNames = ['Client 1', 'Client 2', 'Client 3'];
const firstDay = '2026-01-01';
export const dayCount = 90;
/** How the placements' names end, one after the other. */
export const channels = ['Display', 'Video', 'Audio', 'Native', 'Television'];

/** The nth day of the facts, from 0. */
export const dayAt = (index: number): string => addDays(firstDay, index);

/** An id that is the same in every generated database. */
export function idOf(name: string): string {
  const hex = createHash('md5').update(name).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}
