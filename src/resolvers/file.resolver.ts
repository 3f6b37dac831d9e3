import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Client } from '../domain/client/client.entity.ts';
import type { File } from '../domain/file/file.entity.ts';
import { type FileLink, linkToFile } from '../domain/file/file-link.ts';
import { listFiles } from '../domain/file/read-files.ts';
import { fromGlobalId } from '../domain/global-id.ts';
import type { Page } from '../domain/paging.ts';
import { ClientType } from '../schema/client.type.ts';
import { PageArgs } from '../schema/connection.ts';
import { FileConnection, FileLinkPayload, FileType } from '../schema/file.type.ts';
import { Requires } from './authorize.ts';
import type { GraphContext } from './context.ts';

@Resolver(() => FileType)
export class FileResolver {
  @FieldResolver(() => ClientType, {
    nullable: true,
    description: 'The client that it is about; null where it is a person.',
  })
  client(
    @Root() { clientId }: File,
    @Ctx() { loaders }: GraphContext,
  ): Promise<Client | null> | null {
    return clientId ? loaders.client.load(clientId) : null;
  }

  @Query(() => FileConnection, {
    description:
      "Files that one asked for and, for an administrator, all of the organization's that are about no person; the newest first.",
  })
  @Requires('CLIENT')
  async files(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): Promise<Page<File>> {
    return listFiles(await context.em(), await context.viewer(), page);
  }

  @Mutation(() => FileLinkPayload, {
    description: 'Make a link by which a file can be fetched for five minutes, by a browser, too.',
  })
  @Requires('CLIENT')
  createFileLink(
    @Arg('id', () => ID, { description: 'The file.' }) id: string,
    @Ctx() context: GraphContext,
  ): Promise<FileLink> {
    const { cipher } = context.services;
    return context.mutate((em, actor) =>
      linkToFile(em, actor, cipher, fromGlobalId('File', id, 'id')),
    );
  }
}
