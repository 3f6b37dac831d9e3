import type { Manifest } from './manifests.ts';

interface Validation {
  (data: unknown): boolean;
  errors: { instancePath: string; keyword: string; params: unknown }[] | null;
}

/**
 * What is wrong with a manifest by Kubernetes' own schema.
 *
 * The schema lets unknown fields pass, as a misspelt one would be: those are found as what validation never
 * looked at.
 *
 * @returns a line for each problem.
 */
export async function problemsOf(manifest: Manifest): Promise<string[]> {
  const { validate } = (await import(`kubernetes-models/_schemas/${schemaOf(manifest)}`)) as {
    validate: Validation;
  };
  const seen = new Set<string>();
  validate(watched(manifest, '', seen));
  return [
    ...(validate.errors ?? []).map(
      (e) => `${e.instancePath}: ${e.keyword} ${JSON.stringify(e.params)}`,
    ),
    ...fieldsOf(manifest, '').flatMap((field) => (seen.has(field) ? [] : `${field}: unknown`)),
  ];
}

/** `networking.k8s.io/v1`, `NetworkPolicy` is `IoK8sApiNetworkingV1NetworkPolicy`. */
function schemaOf({ apiVersion, kind }: Manifest): string {
  const [version = '', group = 'core'] = apiVersion.split('/').reverse();
  const capital = (word = '') => word.charAt(0).toUpperCase() + word.slice(1);
  return `IoK8sApi${capital(group.split('.')[0])}${capital(version)}${kind}`;
}

/** The same value, noting which of its fields are looked at. */
function watched(value: unknown, path: string, seen: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, key) {
      const field = `${path}/${String(key)}`;
      seen.add(field);
      return watched(Reflect.get(target, key), field, seen);
    },
  });
}

function fieldsOf(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const field = `${path}/${key}`;
    return [field, ...fieldsOf(inner, field)];
  });
}
