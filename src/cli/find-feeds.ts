import type { EntityManager } from '@mikro-orm/postgresql';
import { Client } from '../domain/client/client.entity.ts';
import { Feed } from '../domain/feed/feed.entity.ts';
import { Organization } from '../domain/identity/organization.entity.ts';

/** Which feeds are meant: those of all that is given. */
export interface FeedSelection {
  /** Ids. */
  feed?: string[];
  client?: string;
  organization?: string;
}

/** @throws {Error} naming what is not there, or has no feeds. */
export async function findFeeds(
  em: EntityManager,
  { feed: ids, client, organization }: FeedSelection,
): Promise<Feed[]> {
  if (client && !(await em.findOne(Client, client))) {
    throw new Error(`There is no client with the id ${client}.`);
  }
  if (organization && !(await em.findOne(Organization, organization))) {
    throw new Error(`There is no organization with the id ${organization}.`);
  }
  const feeds = await em.find(
    Feed,
    {
      ...(ids && { id: { $in: ids } }),
      ...(client && { clientId: client }),
      ...(organization && { organizationId: organization }),
    },
    { orderBy: { organizationId: 'asc', clientId: 'asc', name: 'asc' } },
  );
  const missing = ids?.filter((id) => !feeds.some((feed) => feed.id === id)) ?? [];
  if (missing.length > 0) {
    const where = client || organization ? ' there' : '';
    throw new Error(`There is no feed${where} with the id ${missing.join(', ')}.`);
  }
  if (feeds.length === 0) throw new Error('There is no feed among these.');
  return feeds;
}
