import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Organization } from '../domain/identity/organization.entity.ts';
import { type RuleSeverity, setRuleSeverity } from '../domain/identity/set-rule-severity.ts';
import { listRuleSeverities } from '../domain/ingestion/rule-severities.ts';
import {
  RuleSeverityType,
  SetRuleSeverityInput,
  SetRuleSeverityPayload,
} from '../schema/rule-severity.type.ts';
import { OrganizationType } from '../schema/viewer.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => OrganizationType)
export class RuleSeverityResolver {
  @FieldResolver(() => [RuleSeverityType], {
    description: 'How the rules that compare facts are taken, for every source.',
  })
  ruleSeverities(@Root() root: Organization, @Ctx() { services }: GraphContext): RuleSeverity[] {
    return listRuleSeverities(services.sources, root.ruleSeverities);
  }

  @Mutation(() => SetRuleSeverityPayload, {
    description: "Take a rule of a source's rows as an error (the row is rejected) or a warning.",
  })
  @Requires('ADMIN')
  setRuleSeverity(
    @Arg('input', () => SetRuleSeverityInput, { description: 'Rule and severity.' })
    input: SetRuleSeverityInput,
    @Ctx() context: GraphContext,
  ): Promise<SetRuleSeverityPayload> {
    return context.mutate(async (em, actor) => ({
      organization: await setRuleSeverity(em, actor, context.services.sources, input),
    }));
  }
}
