/** Something that may be repeated. */
interface Repeatable {
  after: { bytes?: number };
}

/** Of whom it is, what makes it the same, and how long it counts as repeated. */
interface Sameness {
  caller: string;
  /** To whose others it counts where there are too many callers. */
  group: string;
  key: string;
  whileMs: number;
}

/** Different things of one kind that one caller has written while they last; what comes beside is one more. */
const mostOfCaller = 20;
/** Of all callers together; what comes beside is written by their groups. */
const mostOfAll = 10_000;

interface Kept {
  caller: string;
  repeats: number;
  bytes: number;
  end(): void;
}

/**
 * Writes what is noted all the time so that no flood of it fills a disk: the first at once, and when its while is over
 * how many more there were, as `times`. A process that is killed loses that number, never the first.
 */
export function createRepetitions() {
  const kept = new Map<string, Kept>();
  const perCaller = new Map<string, number>();

  /** @param write an entry, with what is told of it. */
  const note = <T extends Repeatable>(
    item: T,
    { caller, group, key, whileMs }: Sameness,
    write: (item: T) => void,
  ): void => {
    const { bytes = 0, ...asked } = item.after;
    const known = kept.get(key);
    if (known) {
      known.repeats += 1;
      known.bytes += bytes;
      return;
    }
    const isOver = (perCaller.get(caller) ?? 0) >= mostOfCaller || kept.size >= mostOfAll;
    const others = `${kept.size >= mostOfAll ? group : caller} others`;
    if (isOver && key !== others) {
      const other = { ...item, after: { others: true, ...(bytes && { bytes }) } };
      note(other, { caller: others, group, key: others, whileMs }, write);
      return;
    }
    write(item);
    perCaller.set(caller, (perCaller.get(caller) ?? 0) + 1);
    const entry: Kept = {
      ...{ caller, repeats: 0, bytes: 0 },
      end() {
        clearTimeout(timer);
        kept.delete(key);
        const left = (perCaller.get(caller) ?? 1) - 1;
        if (left > 0) perCaller.set(caller, left);
        else perCaller.delete(caller);
        const { repeats: times, bytes: more } = entry;
        if (times > 0) write({ ...item, after: { ...asked, ...(more && { bytes: more }), times } });
      },
    };
    const timer = setTimeout(entry.end, whileMs).unref();
    kept.set(key, entry);
  };

  return {
    note,
    /** Write how often each was repeated by now. */
    flush(): void {
      for (const { end } of [...kept.values()]) end();
    },
  };
}
