import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { MappedColumn } from '../domain/column-mapping/check-columns.ts';
import type { ColumnMapping } from '../domain/column-mapping/column-mapping.entity.ts';
import type {
  ColumnMappingChanges,
  NewColumnMapping,
} from '../domain/column-mapping/save-column-mapping.ts';
import { NodeType } from './node.ts';
import { DateTimeScalar } from './scalars.ts';

const field =
  'What it stands for: date, campaign, strategy, placement, creative, impressions, clicks, conversions, revenue, mediaCost, completedViews, reach or ctr.';
const header =
  'The whole header of such files: those that have it, in whatever order, are read by this mapping without being told.';

@ObjectType('MappedColumn', { description: 'A column of a file, and what it stands for.' })
export class MappedColumnType implements MappedColumn {
  @Field(() => String, { description: 'Its header.' })
  header!: string;

  @Field(() => String, { description: field })
  field!: string;
}

@InputType()
export class MappedColumnInput implements MappedColumn {
  @Field(() => String, {
    description: 'Its header, compared without case, spaces and underscores.',
  })
  header!: string;

  @Field(() => String, { description: field })
  field!: string;
}

@ObjectType('ColumnMapping', {
  implements: NodeType,
  description: "Which columns of a client's uploaded files stand for what.",
})
export class ColumnMappingType
  extends NodeType
  implements Pick<ColumnMapping, 'source' | 'name' | 'createdAt' | 'updatedAt'>
{
  @Field(() => String, { description: 'The kind of origin whose files it is for.' })
  source!: string;

  @Field(() => String, { description: 'Its name, unique for client and source.' })
  name!: string;

  @Field(() => DateTimeScalar, { description: 'When it was saved.' })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  updatedAt!: Date;
}

@InputType()
export class CreateColumnMappingInput implements NewColumnMapping {
  @Field(() => ID, { description: 'The client whose files it is for.' })
  clientId!: string;

  @Field(() => String, { description: 'The kind of origin: SURFSIDE, VIBE, FACEBOOK.' })
  source!: string;

  @Field(() => String, { description: 'Its name, unique for client and source.' })
  name!: string;

  @Field(() => [MappedColumnInput], {
    description: "The columns that are not found by the source's own headers.",
  })
  columns!: MappedColumnInput[];

  @Field(() => [String], {
    nullable: true,
    description: `${header} Left out, it is applied by choice alone.`,
  })
  header?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Calls with the same key save one mapping.' })
  idempotencyKey?: string | null;
}

@InputType()
export class UpdateColumnMappingInput implements ColumnMappingChanges {
  @Field(() => ID, { description: 'The mapping.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'A new name.' })
  name?: string | null;

  @Field(() => [MappedColumnInput], { nullable: true, description: 'Other columns, all of them.' })
  columns?: MappedColumnInput[] | null;

  @Field(() => [String], {
    nullable: true,
    description: `${header} An empty list: it is applied by choice alone from now on.`,
  })
  header?: string[] | null;
}

@ObjectType({ description: 'A column mapping that was saved or changed.' })
export class ColumnMappingPayload {
  @Field(() => ColumnMappingType, { description: 'The mapping as it is now.' })
  columnMapping!: ColumnMapping;
}

@ObjectType({ description: 'A column mapping that was removed.' })
export class RemoveColumnMappingPayload {
  @Field(() => ID, { description: 'The id that it had.' })
  removedId!: string;
}
