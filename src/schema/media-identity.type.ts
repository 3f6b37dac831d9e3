import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { MediaLevel } from '../domain/media/levels.ts';
import type { NodeOf } from '../domain/media/node-entities.ts';
import { MediaNodeType } from './media.type.ts';

@InputType()
export class RenameAliasInput {
  @Field(() => ID, { description: 'A campaign, strategy, placement or creative.' })
  mediaId!: string;

  @Field(() => String, { description: 'What it is called from now on, 1 to 255 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Calls with the same key rename it once.' })
  idempotencyKey?: string | null;
}

@InputType()
export class MergeEntitiesInput {
  @Field(() => ID, { description: 'The campaign, strategy, placement or creative that ends.' })
  mediaId!: string;

  @Field(() => ID, { description: 'The one that stays: of the same level, place and source.' })
  intoMediaId!: string;

  @Field(() => String, { nullable: true, description: 'Calls with the same key merge them once.' })
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'A campaign, strategy, placement or creative that was changed.' })
export class MediaNodePayload {
  @Field(() => MediaNodeType, { description: 'It, as it is now.' })
  node!: NodeOf<MediaLevel>;
}
