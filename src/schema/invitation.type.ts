import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { Invitation } from '../domain/identity/invitation.entity.ts';
import type { NewInvitation } from '../domain/identity/invite-user.ts';
import { connectionOf } from './connection.ts';
import { RoleEnum } from './identity-enums.ts';
import { NodeType } from './node.ts';
import { DateTimeScalar } from './scalars.ts';

@ObjectType('Invitation', {
  implements: NodeType,
  description: 'Somebody who was asked by mail to join the organization. Never the link itself.',
})
export class InvitationType
  extends NodeType
  implements Pick<Invitation, 'role' | 'createdAt' | 'expiresAt'>
{
  @Field(() => RoleEnum, { description: 'What they may do once they have joined.' })
  role!: Invitation['role'];

  @Field(() => DateTimeScalar, { description: 'When they were first invited.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'Until when the latest link works.' })
  expiresAt!: Date;
}

export const InvitationConnection = connectionOf(() => InvitationType, 'Invitation');

@InputType()
export class InviteUserInput implements NewInvitation {
  @Field(() => String, { description: 'The email to invite.' })
  email!: string;

  @Field(() => RoleEnum, { description: 'What they may do: your role, or one below it.' })
  role!: NewInvitation['role'];

  @Field(() => [ID], {
    nullable: true,
    description: 'The clients that a CLIENT sees, one at least; not for the other roles.',
  })
  clientIds?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Calls with the same key make one invitation.',
  })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'An invitation that was made or changed.' })
export class InvitationPayload {
  @Field(() => InvitationType, { description: 'The invitation as it is now.' })
  invitation!: Invitation;
}
