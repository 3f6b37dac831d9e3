/**
 * Have this process's clock be wrong by so many milliseconds.
 *
 * @returns how to put it right again.
 */
export function shiftClock(ms: number): () => void {
  const Right = globalThis.Date;
  const now = () => Right.now() + ms;
  globalThis.Date = new Proxy(Right, {
    construct: (target, given, made) =>
      Reflect.construct(target, given.length ? given : [now()], made),
    apply: () => new Right(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  return () => {
    globalThis.Date = Right;
  };
}
