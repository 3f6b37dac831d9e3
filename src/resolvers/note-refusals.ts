import type { GraphQLError } from 'graphql';
import { ofViewer } from '../domain/audit-log/security-log.ts';
import { DomainError } from '../domain/errors.ts';
import type { GraphContext } from './context.ts';

/** Note which fields were refused to somebody whom we know, after the fact and apart from it. */
export function noteRefusals(context: GraphContext, errors: readonly GraphQLError[]): void {
  const refused = errors.filter(({ originalError: error }) => {
    return error instanceof DomainError && error.code === 'FORBIDDEN';
  });
  if (refused.length === 0) return;
  const { doLater, security } = context.services;
  doLater(async () => {
    const viewer = await context.viewer();
    // As the schema names it: an alias would be the caller's own words.
    const fields = new Set(refused.map(({ nodes }) => nodeName(nodes?.[0]) ?? 'operation'));
    for (const field of fields) {
      security.noteOften({
        ...{ ...ofViewer(viewer), event: 'PERMISSION_REFUSED', origin: context.origin },
        ...{ entityType: 'Operation', entityId: null, after: { field } },
      });
    }
  });
}

function nodeName(node: NonNullable<GraphQLError['nodes']>[number] | undefined) {
  return node?.kind === 'Field' ? node.name.value : undefined;
}
