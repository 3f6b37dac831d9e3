import type { Connector } from './connector.ts';
import { facebook } from './facebook/facebook.ts';
import { surfside } from './surfside/surfside.ts';
import { vibe } from './vibe/vibe.ts';

/** Every source that can be read. */
export const connectors: ReadonlyMap<string, Connector> = new Map(
  [surfside, vibe, facebook].map((connector) => [connector.source, connector]),
);

/** @throws {Error} when no connector reads the source: a feed of it could not have been made. */
export function connectorFor(source: string): Connector {
  const connector = connectors.get(source);
  if (!connector) throw new Error(`No connector reads the source ${source}`);
  return connector;
}
