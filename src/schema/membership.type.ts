import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { MembershipChanges } from '../domain/identity/change-membership.ts';
import type { Membership } from '../domain/identity/membership.entity.ts';
import { connectionOf } from './connection.ts';
import { RoleEnum } from './identity-enums.ts';
import { NodeType } from './node.ts';
import { DateTimeScalar } from './scalars.ts';

@ObjectType('Membership', {
  implements: NodeType,
  description: "A person's place in the organization.",
})
export class MembershipType
  extends NodeType
  implements Pick<Membership, 'role' | 'createdAt' | 'disabledAt'>
{
  @Field(() => RoleEnum, { description: 'What they may do.' })
  role!: Membership['role'];

  @Field(() => DateTimeScalar, { description: 'Since when they are a member.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Since when they may not sign in, though their place is kept; null where they may.',
  })
  disabledAt!: Date | null;
}

export const MembershipConnection = connectionOf(() => MembershipType, 'Membership');

@InputType()
export class ChangeMembershipInput implements MembershipChanges {
  @Field(() => ID, { description: 'The membership.' })
  id!: string;

  @Field(() => RoleEnum, { nullable: true, description: 'The new role: yours, or one below it.' })
  role?: Membership['role'] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'The clients that a CLIENT sees from now on; not for the other roles.',
  })
  clientIds?: string[] | null;
}

@ObjectType({ description: 'A membership that was changed.' })
export class MembershipPayload {
  @Field(() => MembershipType, { description: 'The membership as it is now.' })
  membership!: Membership;
}

@ObjectType({ description: 'A membership that was ended.' })
export class RemoveMembershipPayload {
  @Field(() => ID, { description: 'The membership that is no more.' })
  removedId!: string;
}
