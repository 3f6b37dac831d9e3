import { Field, ObjectType } from 'type-graphql';
import type { SourceObject } from '../domain/ingestion/source-object.entity.ts';
import { NodeType } from './node.ts';
import { BigIntScalar, DateTimeScalar } from './scalars.ts';

type Fields = Pick<
  SourceObject,
  'key' | 'etag' | 'sha256' | 'sizeBytes' | 'lastModified' | 'fetchedAt' | 'expiredAt'
>;

@ObjectType('SourceObject', {
  implements: NodeType,
  description:
    'A file as it was fetched once. Its copy is kept until it expires, whatever became of it at the source.',
})
export class SourceObjectType extends NodeType implements Fields {
  @Field(() => String, { description: 'Its key in the bucket of its feed.' })
  key!: string;

  @Field(() => String, { description: 'What the bucket knew this version of it by.' })
  etag!: string;

  @Field(() => String, { description: 'SHA-256 of its bytes, in hexadecimal.' })
  sha256!: string;

  @Field(() => BigIntScalar, { description: 'Bytes.' })
  sizeBytes!: number;

  @Field(() => DateTimeScalar, { description: 'When it was written, as the bucket says.' })
  lastModified!: Date;

  @Field(() => DateTimeScalar, { description: 'When it was fetched last.' })
  fetchedAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Since when its copy is not kept any more (docs/retention.md): nothing is loaded from it.',
  })
  expiredAt!: Date | null;
}
