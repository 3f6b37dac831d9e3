import { Field, ObjectType } from 'type-graphql';
import type { Membership } from '../domain/identity/membership.entity.ts';
import { RoleEnum } from './enums.ts';
import { NodeType } from './node.ts';
import { DateTimeScalar } from './scalars.ts';

@ObjectType('Membership', {
  implements: NodeType,
  description: "A person's place in the organization.",
})
export class MembershipType extends NodeType implements Pick<Membership, 'role' | 'disabledAt'> {
  @Field(() => String, { description: 'Their email.' })
  email!: string;

  @Field(() => RoleEnum, { description: 'What they may do.' })
  role!: Membership['role'];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Since when they may not sign in, though their place is kept; null where they may.',
  })
  disabledAt!: Date | null;
}

@ObjectType({ description: 'A place in the organization that was changed.' })
export class MembershipPayload {
  @Field(() => MembershipType, { description: 'The place as it is now.' })
  membership!: Membership;
}
