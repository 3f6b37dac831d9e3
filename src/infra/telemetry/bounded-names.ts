/** What a name is called that came too late, or is none. */
export const otherName = 'other';

const longest = 64;

/**
 * Keep the first names that are seen, and call all later ones "other": callers choose them, and each would be
 * series of their own for as long as the process runs.
 *
 * @returns takes a name, and whether it may be kept where it is new.
 */
export function boundNames(most: number): (name: string, mayKeep: boolean) => string {
  const known = new Set<string>();
  return (name, mayKeep) => {
    if (known.has(name)) return name;
    if (!mayKeep || known.size >= most || name.length > longest || !/^[A-Za-z_]\w*$/.test(name))
      return otherName;
    known.add(name);
    return name;
  };
}
