import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { MappedColumn } from '../domain/column-mapping/check-columns.ts';
import type { ColumnMapping } from '../domain/column-mapping/column-mapping.entity.ts';
import {
  createColumnMapping,
  listColumnMappings,
  removeColumnMapping,
  updateColumnMapping,
} from '../domain/column-mapping/save-column-mapping.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import {
  ColumnMappingPayload,
  ColumnMappingType,
  CreateColumnMappingInput,
  MappedColumnType,
  RemoveColumnMappingPayload,
  UpdateColumnMappingInput,
} from '../schema/column-mapping.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => ColumnMappingType)
export class ColumnMappingResolver {
  @Query(() => [ColumnMappingType], {
    description: 'Which columns of the files of a client stand for what, by source and name.',
  })
  @Requires('ANALYST')
  async columnMappings(
    @Arg('clientId', () => ID, { description: 'The client.' }) clientId: string,
    @Ctx() context: GraphContext,
  ): Promise<ColumnMapping[]> {
    return listColumnMappings(await context.em(), fromGlobalId('Client', clientId));
  }

  @FieldResolver(() => [MappedColumnType], { description: 'The columns.' })
  columns(@Root() { columns }: ColumnMapping): MappedColumn[] {
    return Object.entries(columns).map(([header, field]) => ({ header, field }));
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether files with its header are read by it without being told.',
  })
  isAutomatic(@Root() { fingerprint }: ColumnMapping): boolean {
    return fingerprint !== null;
  }

  @Mutation(() => ColumnMappingPayload, {
    description: 'Save which columns of the files of a client stand for what.',
  })
  @Requires('ADMIN')
  createColumnMapping(
    @Arg('input', () => CreateColumnMappingInput, { description: 'The mapping.' })
    input: CreateColumnMappingInput,
    @Ctx() context: GraphContext,
  ): Promise<ColumnMappingPayload> {
    const { sources } = context.services;
    const mapping = { ...input, clientId: fromGlobalId('Client', input.clientId) };
    return context.mutate(async (em, actor) => ({
      columnMapping: await createColumnMapping(em, actor, sources, mapping),
    }));
  }

  @Mutation(() => ColumnMappingPayload, {
    description: 'Change a mapping. What was read by it stays as it was read.',
  })
  @Requires('ADMIN')
  updateColumnMapping(
    @Arg('input', () => UpdateColumnMappingInput, {
      description: 'What is left out stays as it is.',
    })
    { id, ...changes }: UpdateColumnMappingInput,
    @Ctx() context: GraphContext,
  ): Promise<ColumnMappingPayload> {
    const { sources } = context.services;
    const mappingId = fromGlobalId('ColumnMapping', id);
    return context.mutate(async (em, actor) => ({
      columnMapping: await updateColumnMapping(em, actor, sources, mappingId, changes),
    }));
  }

  @Mutation(() => RemoveColumnMappingPayload, { description: 'Forget a mapping.' })
  @Requires('ADMIN')
  removeColumnMapping(
    @Arg('id', () => ID, { description: 'The mapping.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<RemoveColumnMappingPayload> {
    return context.mutate(async (em, actor) => {
      await removeColumnMapping(em, actor, fromGlobalId('ColumnMapping', id));
      return { removedId: id };
    });
  }
}
