import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { found } from '../domain/errors.ts';
import type { Membership } from '../domain/identity/membership.entity.ts';
import { User } from '../domain/identity/user.entity.ts';
import { MembershipType } from '../schema/membership.type.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => MembershipType)
export class MembershipResolver {
  @FieldResolver()
  async email(@Root() { userId }: Membership, @Ctx() context: GraphContext): Promise<string> {
    const user = found(await context.loaders.byId(User).load(userId), 'user');
    return context.services.secondFactors.cipher.decrypt(user.emailCiphertext);
  }
}
