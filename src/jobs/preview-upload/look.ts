import type { Connector } from '../../connectors/connector.ts';
import type { LocalDate } from '../../domain/calendar.ts';
import type { ColumnMapping } from '../../domain/column-mapping/column-mapping.entity.ts';
import { noRows, type RowCounts } from '../../domain/ingestion/settle-slice.ts';
import type { LoadedUpload } from '../../domain/upload/preview-upload.ts';
import type { PreviewedRule, UploadPreview } from '../../domain/upload/upload-preview.ts';

/** A look at a file, as far as it has come: what was found stays, also where the rest is refused. */
export interface Look extends LoadedUpload {
  connector: Connector;
  preview: UploadPreview;
  /** The saved mapping that was applied by itself. */
  mapping: ColumnMapping | undefined;
  /** Of each day of the file. */
  days: Map<LocalDate, RowCounts>;
  /** Of rows that are of no day. */
  strays: RowCounts;
  rejections: Map<string, PreviewedRule>;
}

export function createLook(loaded: LoadedUpload, connector: Connector): Look {
  return {
    ...loaded,
    connector,
    preview: {
      ...{ rowsRead: 0, rowsRejected: 0, rejections: [], warnings: [] },
      ...{ columns: [], otherColumns: [], remarks: [], days: [] },
    },
    mapping: undefined,
    days: new Map(),
    strays: noRows(),
    rejections: new Map(),
  };
}
