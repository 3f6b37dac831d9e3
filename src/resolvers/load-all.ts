import type DataLoader from 'dataloader';

/** What a loader has of these, in their order; what is not there is left out. */
export async function loadAll<T>(
  loader: DataLoader<string, T | null>,
  ids: readonly string[],
): Promise<T[]> {
  const loaded = await Promise.all(ids.map((id) => loader.load(id)));
  return loaded.filter((each) => each !== null);
}
