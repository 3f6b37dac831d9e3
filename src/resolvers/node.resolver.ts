import type { EntityClass } from '@mikro-orm/core';
import { Arg, type ClassType, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Client } from '../domain/client/client.entity.ts';
import { badInput } from '../domain/errors.ts';
import { Feed } from '../domain/feed/feed.entity.ts';
import type { Role } from '../domain/identity/membership.entity.ts';
import { Organization } from '../domain/identity/organization.entity.ts';
import { isAtLeast, type Viewer } from '../domain/identity/viewer.ts';
import { IngestionRun } from '../domain/ingestion/ingestion-run.entity.ts';
import { RunSlice } from '../domain/ingestion/run-slice.entity.ts';
import { SourceObject } from '../domain/ingestion/source-object.entity.ts';
import { JobRun } from '../domain/job/job-run.entity.ts';
import { Campaign } from '../domain/media/campaign.entity.ts';
import { Creative } from '../domain/media/creative.entity.ts';
import { Placement } from '../domain/media/placement.entity.ts';
import { Strategy } from '../domain/media/strategy.entity.ts';
import { RateCard } from '../domain/rate-card/rate-card.entity.ts';
import { ServiceToken } from '../domain/service-token/service-token.entity.ts';
import { ClientType } from '../schema/client.type.ts';
import { FeedType } from '../schema/feed.type.ts';
import { parseGlobalId, toGlobalId } from '../schema/global-id.ts';
import { IngestionRunType, RunSliceType } from '../schema/ingestion-run.type.ts';
import { JobRunType } from '../schema/job-run.type.ts';
import { CampaignType, CreativeType, PlacementType, StrategyType } from '../schema/media.type.ts';
import { NodeType } from '../schema/node.ts';
import { RateCardType } from '../schema/rate-card.type.ts';
import { ServiceTokenType } from '../schema/service-token.type.ts';
import { SourceObjectType } from '../schema/source-object.type.ts';
import { OrganizationType } from '../schema/viewer.type.ts';
import type { GraphContext } from './context.ts';

interface NodeKind {
  entity: EntityClass<{ id: string }>;
  objectType: ClassType;
  /** The least role that may see it. */
  role: Role;
}

const kinds: NodeKind[] = [
  { entity: Organization, objectType: OrganizationType, role: 'CLIENT' },
  { entity: Client, objectType: ClientType, role: 'CLIENT' },
  { entity: Campaign, objectType: CampaignType, role: 'CLIENT' },
  { entity: Strategy, objectType: StrategyType, role: 'CLIENT' },
  { entity: Placement, objectType: PlacementType, role: 'CLIENT' },
  { entity: Creative, objectType: CreativeType, role: 'CLIENT' },
  { entity: RateCard, objectType: RateCardType, role: 'CLIENT' },
  { entity: Feed, objectType: FeedType, role: 'ANALYST' },
  { entity: IngestionRun, objectType: IngestionRunType, role: 'ANALYST' },
  { entity: RunSlice, objectType: RunSliceType, role: 'ANALYST' },
  { entity: SourceObject, objectType: SourceObjectType, role: 'ANALYST' },
  { entity: JobRun, objectType: JobRunType, role: 'ANALYST' },
  { entity: ServiceToken, objectType: ServiceTokenType, role: 'ADMIN' },
];

/** For each type, the resolver that makes the id of a row the id of the graph. */
export const idResolvers = kinds.map(({ entity, objectType }) => {
  @Resolver(() => objectType)
  class IdResolver {
    @FieldResolver(() => ID, { description: 'Opaque id, unique among all types.' })
    id(@Root() row: { id: string }): string {
      return toGlobalId(entity.name, row.id);
    }
  }
  return IdResolver;
});

@Resolver()
export class NodeResolver {
  @Query(() => NodeType, {
    nullable: true,
    description: 'Anything by its id; null when it is not there, or not for the viewer.',
  })
  async node(
    @Arg('id', () => ID, { description: 'The id.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<object | null> {
    const [kind, rowId] = findKind(id, await context.viewer());
    return kind && rowId ? (await context.em()).findOne(kind.entity, rowId) : null;
  }
}

/** @throws {DomainError} BAD_USER_INPUT for what cannot be an id at all. */
function findKind(globalId: string, viewer: Viewer): [NodeKind | undefined, string?] {
  const parsed = parseGlobalId(globalId);
  if (!parsed) throw badInput(`"${globalId.slice(0, 80)}" is not an id.`, 'id');
  const kind = kinds.find(({ entity }) => entity.name === parsed.type);
  const isVisible = kind && isAtLeast(viewer, kind.role);
  return isVisible ? [kind, parsed.id] : [undefined];
}
