import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { setRateCard } from '../domain/rate-card/set-rate-card.ts';
import { fromGlobalId } from '../schema/global-id.ts';
import { SetRateCardInput, SetRateCardPayload } from '../schema/rate-card.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver()
export class RateCardResolver {
  @Mutation(() => SetRateCardPayload, {
    description:
      'Set what a client pays per 1,000 impressions from a day on. Days that are loaded keep their spend until they are loaded again.',
  })
  @Requires('ADMIN')
  setRateCard(
    @Arg('input', () => SetRateCardInput, { description: 'The rate card.' })
    input: SetRateCardInput,
    @Ctx() context: GraphContext,
  ): Promise<SetRateCardPayload> {
    const card = { ...input, clientId: fromGlobalId('Client', input.clientId) };
    const { sources } = context.services;
    return context.mutate(async (em, actor) => ({
      rateCard: await setRateCard(em, actor, sources, card),
    }));
  }
}
