import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { NewPlatformCredential } from '../domain/platform-credential/create-platform-credential.ts';
import {
  credentialStatuses,
  type PlatformCredential,
} from '../domain/platform-credential/platform-credential.entity.ts';
import type { NewBucketCredential } from '../domain/platform-credential/set-bucket-credential.ts';
import type { CredentialChanges } from '../domain/platform-credential/update-platform-credential.ts';
import { enumOf } from './enum-of.ts';
import { NodeType } from './node.ts';
import { DateTimeScalar } from './scalars.ts';

const dialect =
  "Which of the source's APIs it is for. VIBE: ASYNC (create_async_report, an API key) or STANDARD (v1/std/reports, a Bearer token). OPENAI: RESPONSES. ANTHROPIC: MESSAGES. PERPLEXITY: AGENT, or CHAT (chat completions, whose support has ended). GEMINI: GENERATE_CONTENT.";
const secret = 'The key or token itself. It is encrypted, and never shown again.';
const creationsPerHour =
  'Reports that a platform of reports lets it ask for in an hour, 1 to 10,000.';
const pollSeconds =
  'The wait before the first look at a report, 0.05 to 600 seconds; later ones grow from it.';

const CredentialStatusEnum = enumOf(
  credentialStatuses,
  'CredentialStatus',
  'Whether a platform takes a credential.',
  {
    UNTESTED: 'It was not asked yet.',
    WORKING: 'It did, when it was last asked.',
    REFUSED: 'It does not: nothing is asked with it until it is replaced, or tested again.',
  },
);

type Fields = Pick<
  PlatformCredential,
  | ('source' | 'name' | 'dialect' | 'status' | 'checkedAt' | 'creationsPerHour' | 'pollSeconds')
  | ('openUntil' | 'createdAt' | 'updatedAt')
>;

@ObjectType('PlatformCredential', {
  implements: NodeType,
  description: "A client's key to a platform, or an organization's. Never the key itself.",
})
export class PlatformCredentialType extends NodeType implements Fields {
  @Field(() => String, {
    description:
      'The platform, as feeds and audits name it: VIBE; OPENAI, ANTHROPIC, PERPLEXITY, GEMINI; S3 for keys to buckets.',
  })
  source!: string;

  @Field(() => String, {
    description: "What it is called, unique for the client, or among the organization's own.",
  })
  name!: string;

  @Field(() => String, { description: `${dialect} S3: S3.` })
  dialect!: string;

  @Field(() => CredentialStatusEnum, { description: 'Whether the platform takes it.' })
  status!: Fields['status'];

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the platform last said so.' })
  checkedAt!: Date | null;

  @Field(() => Int, { description: creationsPerHour })
  creationsPerHour!: number;

  @Field(() => Float, { description: pollSeconds })
  pollSeconds!: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when the platform is left alone, since it failed too often in a row.',
  })
  openUntil!: Date | null;

  @Field(() => DateTimeScalar, { description: 'When it was added.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

@InputType()
export class CreatePlatformCredentialInput implements Omit<NewPlatformCredential, 'clientId'> {
  @Field(() => ID, {
    nullable: true,
    description:
      "The client whose it is; left out, it is the organization's own, for platforms that answer questions.",
  })
  clientId?: string | null;

  @Field(() => String, {
    description: 'The platform: VIBE, OPENAI, ANTHROPIC, PERPLEXITY or GEMINI.',
  })
  source!: string;

  @Field(() => String, {
    description: "What to call it, unique for the client, or among the organization's own.",
  })
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: `${dialect} The first of them where left out.`,
  })
  dialect?: string | null;

  @Field(() => String, { description: secret })
  secret!: string;

  @Field(() => Int, { nullable: true, description: `${creationsPerHour} 15 where left out.` })
  creationsPerHour?: number | null;

  @Field(() => Float, { nullable: true, description: `${pollSeconds} 10 where left out.` })
  pollSeconds?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Calls with the same key make one credential.',
  })
  idempotencyKey?: string | null;
}

@InputType()
export class UpdatePlatformCredentialInput implements CredentialChanges {
  @Field(() => ID, { description: 'The credential.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'A new name.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: dialect })
  dialect?: string | null;

  @Field(() => String, { nullable: true, description: `Replaces the one before. ${secret}` })
  secret?: string | null;

  @Field(() => Int, { nullable: true, description: creationsPerHour })
  creationsPerHour?: number | null;

  @Field(() => Float, { nullable: true, description: pollSeconds })
  pollSeconds?: number | null;
}

@InputType()
export class SetBucketCredentialInput implements NewBucketCredential {
  @Field(() => ID, { description: 'The client whose it is.' })
  clientId!: string;

  @Field(() => String, {
    description: 'What to call it, unique for the client: one of that name is replaced.',
  })
  name!: string;

  @Field(() => String, { description: 'Id of the access key. It is never shown again.' })
  accessKeyId!: string;

  @Field(() => String, { description: 'Its secret. It is encrypted, and never shown again.' })
  secretAccessKey!: string;

  @Field(() => String, { description: 'Region of the buckets, such as us-east-1.' })
  region!: string;

  @Field(() => String, {
    nullable: true,
    description: "A public S3 server, by https; Amazon's where left out.",
  })
  endpoint?: string | null;
}

@ObjectType({ description: 'A credential that was added, changed or tested.' })
export class PlatformCredentialPayload {
  @Field(() => PlatformCredentialType, { description: 'The credential as it is now.' })
  credential!: PlatformCredential;
}

@ObjectType({ description: 'A credential that was removed.' })
export class RemovePlatformCredentialPayload {
  @Field(() => ID, { description: 'The id that it had.' })
  removedId!: string;
}
