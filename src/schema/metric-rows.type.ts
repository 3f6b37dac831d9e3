import { GraphQLScalarType } from 'graphql';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { Column } from '../domain/metric-rows/columns.ts';
import type { MetricFilters } from '../domain/metric-rows/metric-query.ts';
import { PageInfo } from './connection.ts';
import { SortDirectionEnum } from './media-enums.ts';
import { ColumnTypeEnum, ColumnUnitEnum } from './metrics-enums.ts';

/** A cell of metric rows. */
export const CellScalar = new GraphQLScalarType({
  name: 'Cell',
  description:
    'A value of a row: a text (ids, days and decimals too), a number (counts and ratios), or null.',
});

@ObjectType('Column', { description: 'A column of metric rows.' })
class ColumnType implements Omit<Column, 'isAdditive'> {
  @Field(() => String, { description: 'Its stable name.' })
  key!: string;

  @Field(() => String, { description: 'Its name for people.' })
  label!: string;

  @Field(() => ColumnTypeEnum, { description: 'What its cells are.' })
  type!: Column['type'];

  @Field(() => ColumnUnitEnum, { nullable: true, description: 'Of metrics: what they count.' })
  unit!: Column['unit'];

  @Field(() => Boolean, {
    name: 'additive',
    simple: false,
    description: 'Whether its values may be added up; what is not is derived anew for each group.',
  })
  isAdditive!: boolean;
}

@ObjectType('MetricRows', { description: 'Metrics broken down by dimensions: rows for BI tools.' })
export class MetricRowsType {
  @Field(() => [ColumnType], { description: 'What the cells of each row are, in order.' })
  columns!: Column[];

  @Field(() => [[CellScalar]], { nullable: 'items', description: 'The rows.' })
  rows!: unknown[][];

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo!: PageInfo;
}

@InputType({
  description:
    'Which facts count; what is left out restricts nothing, an empty list leaves nothing.',
})
export class MetricFiltersInput implements MetricFilters {
  @Field(() => [ID], { nullable: true, description: 'Only of these clients.' })
  clientIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Only from these sources.' })
  sources?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Only through these feeds.' })
  feedIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Only of these campaigns.' })
  campaignIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Only of these strategies.' })
  strategyIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Only of these placements.' })
  placementIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Only of these creatives.' })
  creativeIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Only of campaigns with these labels.' })
  labels?: string[] | null;
}

@InputType({ description: 'What rows are ordered by; what is undefined is last either way.' })
export class MetricRowOrderInput {
  @Field(() => String, { description: 'Key of one of the columns.' })
  key!: string;

  @Field(() => SortDirectionEnum, { defaultValue: 'ASC', description: 'Which way.' })
  direction!: 'ASC' | 'DESC';
}
