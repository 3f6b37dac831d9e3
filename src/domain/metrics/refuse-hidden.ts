import { DomainError } from '../errors.ts';
import { type MetricKey, metrics } from './registry.ts';

/**
 * Refuse metrics that are not for everybody: not even the order of a list may tell of them.
 *
 * @param withInternal whether the viewer may see internal metrics.
 * @throws {DomainError} FORBIDDEN.
 */
export function refuseHidden(keys: readonly MetricKey[], withInternal: boolean): void {
  const hidden = keys.find((key) => metrics[key].isInternal && !withInternal);
  if (hidden) throw new DomainError('FORBIDDEN', `The metric ${hidden} is not for your role.`);
}
