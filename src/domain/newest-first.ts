import type { Ordering } from './paging.ts';

/** A list by creation, the newest first. */
export function newestFirst(list: string): Ordering<{ id: string; created_at: string }> {
  return {
    name: list,
    isDescending: true,
    keys: [
      { sql: 'created_at', type: 'instant', valueOf: (row) => row.created_at },
      { sql: 'id', type: 'uuid', valueOf: ({ id }) => id },
    ],
  };
}
