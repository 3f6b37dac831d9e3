import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { badInput } from '../domain/errors.ts';
import { parseGlobalId } from '../domain/global-id.ts';
import { type Provenance, traceProvenance } from '../domain/ingestion/trace-provenance.ts';
import type { NodeLevel } from '../domain/media/levels.ts';
import { MetricsType } from '../schema/metrics.type.ts';
import { ProvenanceType } from '../schema/provenance.type.ts';
import { DateScalar } from '../schema/scalars.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';
import { type MetricSubject, nodeSubject, type SubjectMetrics } from './metric-subject.ts';

@Resolver(() => ProvenanceType)
export class ProvenanceResolver {
  @Query(() => [ProvenanceType], {
    nullable: true,
    description:
      'Which runs, files and rates the figures of a day come from, for each feed that can deliver to the node. Null when it is not there, or not for the viewer.',
  })
  @Requires('ANALYST')
  async provenance(
    @Arg('nodeId', () => ID, {
      description: 'A client, campaign, strategy, placement or creative.',
    })
    nodeId: string,
    @Arg('date', () => DateScalar, { description: 'The day.' }) date: string,
    @Ctx() context: GraphContext,
  ): Promise<Provenance[] | null> {
    const [group, id] = metricGroupOf(nodeId);
    return traceProvenance(await context.em(), group, id, date);
  }

  @FieldResolver(() => MetricsType, {
    nullable: true,
    description: 'What the node has of the day from this feed; null where the day has no data.',
  })
  metrics(
    @Root() { group, node, feed, date, totals }: Provenance,
    @Ctx() context: GraphContext,
  ): SubjectMetrics | null {
    if (!totals) return null;
    const subject: MetricSubject = {
      ...nodeSubject(node, group, context),
      gaps: async (range) => [await context.loaders.gapsOfFeed(feed.id, range)],
    };
    const asked = { from: date, to: date, preset: null, compareTo: null };
    return { ...asked, totals, withInternal: true, subject };
  }
}

const groups = new Map<string, NodeLevel>([
  ['Client', 'client'],
  ['Campaign', 'campaign'],
  ['Strategy', 'strategy'],
  ['Placement', 'placement'],
  ['Creative', 'creative'],
]);

/** @throws {DomainError} BAD_USER_INPUT when it is not the id of something that has metrics. */
function metricGroupOf(globalId: string): [NodeLevel, string] {
  const { type = '', id = '' } = parseGlobalId(globalId) ?? {};
  const group = groups.get(type);
  if (!group) {
    const types = [...groups.keys()].join(', ');
    throw badInput(`"${globalId.slice(0, 80)}" is no id of one of ${types}.`, 'nodeId');
  }
  return [group, id];
}
