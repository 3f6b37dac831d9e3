import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { isAtLeast, type Viewer } from '../domain/identity/viewer.ts';
import { versionOfRows } from '../domain/metric-rows/version-of-rows.ts';
import type { AskedRows, Format } from './format.ts';

/** What an answer depends on besides its rows. */
interface Circumstances {
  viewer: Viewer;
  format: Format;
  /** Of this program: another one may make something else of the same facts. */
  version: string;
}

/** Names everything that an answer depends on; weak, since it is the same whether compressed or not. */
export async function tagOf(
  em: EntityManager,
  { question, query, isComplete, archivedMonths }: AskedRows,
  { viewer, format, version }: Circumstances,
): Promise<string> {
  const { order, first, after, withMark } = question;
  const { organizationId, clientIds } = viewer;
  const parts = [
    ...[version, format.extension, query, order, first, after, withMark],
    ...[organizationId, clientIds, isAtLeast(viewer, 'ANALYST')],
    ...[isComplete, archivedMonths, await versionOfRows(em, query)],
  ];
  return `W/"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}"`;
}

/**
 * Whether a caller has the answer of a tag already.
 *
 * `request.fresh` would not do: it takes `Cache-Control: no-cache`, which fetch sends along, for a wish for the
 * whole answer.
 */
export function isKnown(tag: string, ifNoneMatch: string | undefined): boolean {
  const opaque = (each: string) => each.trim().replace(/^W\//, '');
  return (ifNoneMatch ?? '')
    .split(',')
    .some((each) => each.trim() === '*' || opaque(each) === opaque(tag));
}
