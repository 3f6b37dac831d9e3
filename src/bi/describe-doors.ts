import { dimensions } from '../domain/metric-rows/dimensions.ts';
import { grains } from '../domain/metrics/period-of.ts';
import { metricKeys, metrics } from '../domain/metrics/registry.ts';
import { rangePresets } from '../domain/range-preset.ts';
import { parameters } from './read-question.ts';

/** What can be asked for, for people and for programs. @param withInternal whether the viewer may see internal metrics. */
export function describeDoors(withInternal: boolean) {
  const shown = metricKeys.filter((key) => withInternal || !metrics[key].isInternal);
  return {
    dimensions: Object.entries(dimensions).map(([key, { label, description, columns }]) => ({
      ...{ key, label, description },
      columns: columns.map((column) => ({
        key: column.key,
        label: column.label,
        type: column.type,
      })),
    })),
    metrics: shown.map((key) => {
      const { label, type, unit, kind, description } = metrics[key];
      return { key, label, type, unit, additive: kind === 'ADDITIVE', description };
    }),
    parameters: Object.entries(parameters).map(([key, description]) => ({ key, description })),
    presets: rangePresets,
    grains,
  };
}
