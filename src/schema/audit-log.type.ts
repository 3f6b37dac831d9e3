import { ArgsType, Field, ID, InputType, ObjectType } from 'type-graphql';
import type { AuditLogEntry } from '../domain/audit-log/audit-log-entry.entity.ts';
import { connectionOf, PageArgs } from './connection.ts';
import { MembershipType } from './membership.type.ts';
import { DateTimeScalar, JsonScalar } from './scalars.ts';
import { ServiceTokenType } from './service-token.type.ts';

type Fields = Pick<
  AuditLogEntry,
  ('action' | 'entityType' | 'before' | 'after') | ('ip' | 'userAgent' | 'requestId' | 'at')
>;

@ObjectType('AuditLogEntry', {
  description: 'That something was done: by whom, to what, from where.',
})
export class AuditLogEntryType implements Fields {
  @Field(() => ID, { description: 'Opaque id; entries are found by `auditLog`, not by `node`.' })
  id!: string;

  @Field(() => DateTimeScalar, { description: 'When.' })
  at!: Date;

  @Field(() => String, {
    description:
      'What was done, such as `UPDATE`, `SIGN_IN_FAILED` or `DOWNLOAD`: docs/security.md lists them.',
  })
  action!: string;

  @Field(() => String, { description: 'What it was done to, such as `Client`.' })
  entityType!: string;

  @Field(() => ID, { nullable: true, description: 'Which one; null where there is no single one.' })
  entityId!: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Which user did it, be they a member still or not; null for machines and strangers.',
  })
  userId!: string | null;

  @Field(() => MembershipType, {
    nullable: true,
    description: 'Who did it; null for machines, strangers, and who is a member no more.',
  })
  membership!: MembershipType | null;

  @Field(() => ServiceTokenType, { nullable: true, description: 'Which service token did it.' })
  serviceToken!: ServiceTokenType | null;

  @Field(() => JsonScalar, {
    nullable: true,
    description: 'What mattered of it before. Ids in it are bare: the UUIDs that ours hold.',
  })
  before!: Fields['before'];

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'What matters of it since, or what there is to say, with bare ids; `times` is how often more the same was done in a while.',
  })
  after!: Fields['after'];

  @Field(() => String, { nullable: true, description: 'Address that it came from.' })
  ip!: string | null;

  @Field(() => String, { nullable: true, description: 'What the program says that it is.' })
  userAgent!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The request, as the header `x-request-id` of its answer and the log have it.',
  })
  requestId!: string | null;
}

export const AuditLogEntryConnection = connectionOf(() => AuditLogEntryType, 'AuditLogEntry');

@InputType({ description: 'Which entries; what is left out does not limit.' })
export class AuditLogFilterInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Done by this member, user (as entries name them) or service token.',
  })
  by?: string | null;

  @Field(() => [String], { nullable: true, description: 'Any of these actions, at most 50.' })
  actions?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Done to this type of thing.' })
  entityType?: string | null;

  @Field(() => ID, { nullable: true, description: 'Done to this very thing.' })
  entityId?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'From this instant on.' })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Before this instant.' })
  before?: Date | null;

  @Field(() => String, { nullable: true, description: 'From this address.' })
  ip?: string | null;

  @Field(() => String, { nullable: true, description: 'In this request.' })
  requestId?: string | null;
}

@ArgsType()
export class AuditLogArgs extends PageArgs {
  @Field(() => AuditLogFilterInput, { nullable: true, description: 'Which entries.' })
  filter?: AuditLogFilterInput | null;
}

@ArgsType()
export class EntityHistoryArgs extends PageArgs {
  @Field(() => ID, { description: 'Anything that the viewer can see.' })
  id!: string;
}
