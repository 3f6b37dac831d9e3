/** One metric as a process exports it: a histogram is one, with its buckets. */
export interface MetricFamily {
  name: string;
  type: string;
  help: string;
  samples: { name: string; labels: Record<string, string>; value: number }[];
}

/** Read Prometheus's text format. @returns the families by name. */
export function parseExposition(text: string): Map<string, MetricFamily> {
  const families = new Map<string, MetricFamily>();
  let current: MetricFamily | undefined;
  for (const line of text.split('\n')) {
    const [, help, helped] = /^# HELP (\S+) (.*)$/.exec(line) ?? [];
    const [, typed, type] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
    if (help && helped) {
      current = { name: help, type: 'untyped', help: helped, samples: [] };
      families.set(help, current);
    } else if (typed && type && current) {
      current.type = type;
    } else if (line && !line.startsWith('#')) {
      const [, name = '', pairs = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      const labels = [...pairs.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
      const sample = { name, labels: Object.fromEntries(labels.map(([, k, v]) => [k, v])) };
      current?.samples.push({ ...sample, value: Number(value) });
    }
  }
  return families;
}

/** Names of a family's own labels. */
export function labelNames({ samples }: MetricFamily): string[] {
  const names = new Set(samples.flatMap(({ labels }) => Object.keys(labels)));
  names.delete('le');
  return [...names];
}
