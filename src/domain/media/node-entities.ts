import { Client } from '../client/client.entity.ts';
import { Campaign } from './campaign.entity.ts';
import { Creative } from './creative.entity.ts';
import type { NodeLevel } from './levels.ts';
import { Placement } from './placement.entity.ts';
import { Strategy } from './strategy.entity.ts';

/** The entity of each level. */
export const nodeEntities = {
  client: Client,
  campaign: Campaign,
  strategy: Strategy,
  placement: Placement,
  creative: Creative,
};

/** A node of a level. */
export type NodeOf<L extends NodeLevel> = InstanceType<(typeof nodeEntities)[L]>;
/** A node in a list: without what all media in it have in common, or nobody mostly asks for. */
export type ListedNode<L extends NodeLevel> = L extends 'client'
  ? NodeOf<L>
  : Omit<NodeOf<L>, 'organizationId' | 'canonicalId' | 'createdAt'>;
