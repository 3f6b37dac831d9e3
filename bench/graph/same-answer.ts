/**
 * Check that two graphs answered alike: the same nodes by the same names with the same numbers, whatever their
 * ids, and however a list, a number or a lone row is told.
 *
 * @throws {Error} naming the first difference.
 */
export function assertSameAnswer(question: string, ours: unknown, theirs: unknown): void {
  const [our, their] = [new Map(leaves(ours)), new Map(leaves(theirs))];
  for (const path of new Set([...our.keys(), ...their.keys()])) {
    const values = [our.get(path), their.get(path)] as const;
    if (!isSame(...values)) {
      throw new Error(`"${question}" is answered otherwise at ${path}: ${values.join(' and ')}`);
    }
  }
}

/** Whether both are there and the same; ratios are rounded at different places. */
function isSame(ours: unknown, theirs: unknown): boolean {
  if (ours === undefined || theirs === undefined) return false;
  const [our, their] = [Number(ours), Number(theirs)];
  return String(ours) === String(theirs) || Math.abs(our - their) < Math.abs(our) * 1e-9;
}

/** Every value of an answer that is neither list nor object, by its path. */
function* leaves(value: unknown, path = ''): Generator<[path: string, value: unknown]> {
  if (typeof value !== 'object' || value === null) {
    yield [path, value];
    return;
  }
  const { nodes = value } = value as { nodes?: unknown[] };

  for (const [name, field] of Object.entries(nodes)) {
    if (name === 'id') continue;
    // The metrics of a node come as a list of one from a function that returns a set.
    const [lone] = name === 'metrics' && Array.isArray(field) ? field : [field];
    yield* leaves(lone, `${path}/${name}`);
  }
}
