import { defineEntity, p } from '@mikro-orm/core';
import type { RowProblem } from './row-problem.ts';
import type { RawFields } from './row-rules.ts';

const schema = defineEntity({
  name: 'RejectedRow',
  tableName: 'rejected_rows',
  properties: {
    id: p.bigint('string').primary().autoincrement(),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    runSliceId: p.uuid(),
    objectId: p.uuid(),
    line: p.integer(),
    cells: p.array(),
    fields: p.json<RawFields>().onCreate(() => ({})),
    reasons: p.json<RowProblem[]>(),
  },
});

/** A row kept aside, as it came, with its line in the file and every reason. */
export class RejectedRow extends schema.class {}
schema.setClass(RejectedRow);
