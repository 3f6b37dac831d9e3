import type { ReadOptions } from '../../connectors/connector.ts';
import type { RowCounts } from '../../domain/ingestion/settle-slice.ts';
import { storableText } from '../../domain/storable-text.ts';

const mostTold = 100;

/** Keeps with each day what a connector tells of a file beside its rows; of several files, each thing once. */
export function tellTo(
  counts: ReadonlyMap<unknown, RowCounts>,
): Pick<ReadOptions, 'onColumns' | 'onRemark'> {
  const keep = (list: 'otherColumns' | 'remarks', text: string) => {
    const kept = storableText(text.slice(0, 200));
    for (const { [list]: known } of counts.values()) {
      if (known.length < mostTold && !known.includes(kept)) known.push(kept);
    }
  };
  return {
    onColumns: ({ others }) => {
      for (const header of others) keep('otherColumns', header);
    },
    onRemark: (remark) => keep('remarks', remark),
  };
}
