/**
 * Change something in a transaction, tell what comes of it, and leave everything as it was.
 *
 * @param transact runs its argument in a transaction of its own, which is undone where that throws.
 */
export async function rehearse<T, Scope extends unknown[]>(
  transact: (fn: (...scope: Scope) => Promise<never>) => Promise<never>,
  fn: (...scope: Scope) => Promise<T>,
): Promise<T> {
  let result: { told: T } | undefined;
  const undo = new Error('Only rehearsed');
  await transact(async (...scope) => {
    result = { told: await fn(...scope) };
    throw undo;
  }).catch((error) => {
    if (error !== undo) throw error;
  });
  return (result as { told: T }).told;
}
