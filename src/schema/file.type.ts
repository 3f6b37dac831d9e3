import { Field, ObjectType } from 'type-graphql';
import type { File } from '../domain/file/file.entity.ts';
import type { FileLink } from '../domain/file/file-link.ts';
import { connectionOf } from './connection.ts';
import { FileKindEnum } from './data-protection-enums.ts';
import { NodeType } from './node.ts';
import { BigIntScalar, DateTimeScalar } from './scalars.ts';

type Fields = Pick<
  File,
  'kind' | 'name' | 'contentType' | 'sizeBytes' | 'sha256' | 'createdAt' | 'expiresAt'
>;

@ObjectType('File', {
  implements: NodeType,
  description: 'A file that a job made; `createFileLink` tells where to fetch it.',
})
export class FileType extends NodeType implements Fields {
  @Field(() => FileKindEnum, { description: 'What it is.' })
  kind!: Fields['kind'];

  @Field(() => String, { description: 'What it is saved as.' })
  name!: string;

  @Field(() => String, { description: 'Its media type.' })
  contentType!: string;

  @Field(() => BigIntScalar, { description: 'Bytes.' })
  sizeBytes!: Fields['sizeBytes'];

  @Field(() => String, { description: 'SHA-256 of its content, as hex.' })
  sha256!: Fields['sha256'];

  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it is removed; null where it stays until its client is erased.',
  })
  expiresAt!: Date | null;
}

export const FileConnection = connectionOf(() => FileType, 'File');

@ObjectType({ description: 'Where a file can be fetched for five minutes.' })
export class FileLinkPayload implements Pick<FileLink, 'path' | 'expiresAt'> {
  @Field(() => FileType, { description: 'The file.' })
  file!: File;

  @Field(() => String, {
    description:
      "On the API's own host; needs no header, and works while the session stands that asked for it. Parts can be asked for by `Range`.",
  })
  path!: string;

  @Field(() => DateTimeScalar, { description: 'When the link ends.' })
  expiresAt!: Date;
}
