import { clientKinds, clientStatuses } from '../domain/client/client.entity.ts';
import { problemKinds } from '../domain/client/find-problems.ts';
import { mediaOrderFields, sortDirections } from '../domain/media/media-order.ts';
import { mediaStatuses } from '../domain/media/media-status.ts';
import { enumOf } from './enum-of.ts';

export const ClientKindEnum = enumOf(clientKinds, 'ClientKind', 'How a client is served.', {
  AGENCY_CLIENT: 'Served by an agency.',
  INDIVIDUAL: 'An advertiser of its own.',
});
export const ClientStatusEnum = enumOf(clientStatuses, 'ClientStatus', "A client's state.", {
  ACTIVE: 'Loaded and reported.',
  DISABLED: 'Its users cannot sign in and nothing is loaded; its data stays.',
  ARCHIVED: 'Kept, but out of the way; nothing is loaded.',
});
export const MediaStatusEnum = enumOf(mediaStatuses, 'MediaStatus', 'Whether media run.', {
  ACTIVE: "Impressions within the last 7 days, by the client's time zone.",
  ENDED: 'None.',
  ARCHIVED: 'It, or what it belongs to, was archived by hand.',
});
export const MediaOrderFieldEnum = enumOf(
  mediaOrderFields,
  'MediaOrderField',
  'What clients and media are ordered by.',
  {
    NAME: 'By name, as its characters are numbered: capitals first.',
    CREATED_AT: 'By when they were first seen.',
    METRIC:
      'By a metric over a range, amounts as numbers whatever their currency; what is undefined comes last either way.',
  },
);
export const SortDirectionEnum = enumOf(
  sortDirections,
  'SortDirection',
  'Which way an order goes.',
  {
    ASC: 'Upwards.',
    DESC: 'Downwards.',
  },
);
export const ProblemKindEnum = enumOf(
  problemKinds,
  'ProblemKind',
  "What can be wrong with a client's data.",
  {
    BEHIND: 'A day is overdue.',
    HELD: 'Recent days wait for an admin.',
    FAILED: 'Files of recent days could not be used.',
    MISSING: 'There was no file for recent days.',
  },
);
