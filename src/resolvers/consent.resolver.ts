import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import {
  type ConsentState,
  privacyNoticeVersion,
  readConsents,
  setConsent,
} from '../domain/consent/set-consent.ts';
import { requirePerson, type Viewer } from '../domain/identity/viewer.ts';
import { ConsentType, SetConsentInput, SetConsentPayload } from '../schema/consent.type.ts';
import { ViewerType } from '../schema/viewer.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => ViewerType)
export class ConsentResolver {
  @FieldResolver(() => [ConsentType], {
    description: 'What they agreed to of all that they are asked; none for a service token.',
  })
  async consents(
    @Root() { userId }: Viewer,
    @Ctx() context: GraphContext,
  ): Promise<ConsentState[]> {
    return userId ? readConsents(await context.em(), userId) : [];
  }

  @FieldResolver(() => String, {
    description: 'The version of the privacy notice that is in force.',
  })
  privacyNoticeVersion(): string {
    return privacyNoticeVersion;
  }

  @Mutation(() => SetConsentPayload, {
    description: "Give or withdraw one's consent. What was before stays in the audit log.",
  })
  @Requires('CLIENT')
  setConsent(
    @Arg('input', () => SetConsentInput, { description: 'What is agreed to, or not any more.' })
    input: SetConsentInput,
    @Ctx() context: GraphContext,
  ): Promise<SetConsentPayload> {
    return context.mutate(async (em, actor) => {
      await setConsent(em, actor, input);
      return { consents: await readConsents(em, requirePerson(actor).userId) };
    });
  }
}
