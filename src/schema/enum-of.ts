import { registerEnumType } from 'type-graphql';

/** A GraphQL enum of the values that the domain knows. */
export function enumOf<T extends string>(
  values: readonly T[],
  name: string,
  description: string,
  meanings: Partial<Record<T, string>> = {},
): Record<T, T> {
  const type = Object.fromEntries(values.map((value) => [value, value])) as Record<T, T>;
  const valuesConfig = Object.fromEntries(
    Object.entries(meanings).map(([value, meaning]) => [value, { description: String(meaning) }]),
  ) as Partial<Record<T, { description: string }>>;
  registerEnumType(type, { name, description, valuesConfig });
  return type;
}

/** A GraphQL enum of the entries of a registry, whose keys are its inner values. */
export function namesOf<Key extends string>(
  registry: Record<Key, { description: string }>,
  name: string,
  description: string,
): Record<string, Key> {
  const entries = Object.entries<{ description: string }>(registry);
  const type = Object.fromEntries(entries.map(([key]) => [constantCase(key), key as Key]));
  const valuesConfig = Object.fromEntries(
    entries.map(([key, entry]) => [constantCase(key), { description: entry.description }]),
  );
  registerEnumType(type, { name, description, valuesConfig });
  return type;
}

function constantCase(key: string): string {
  return key.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase();
}
