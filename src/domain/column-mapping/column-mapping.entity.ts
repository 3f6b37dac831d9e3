import { randomUUID } from 'node:crypto';
import { defineEntity, p } from '@mikro-orm/core';
import type { RawField } from '../ingestion/row-rules.ts';

/** What certain headers stand for, whatever the source's own are. */
export type HeaderFields = Readonly<Record<string, RawField>>;

const schema = defineEntity({
  name: 'ColumnMapping',
  tableName: 'column_mappings',
  properties: {
    id: p
      .uuid()
      .primary()
      .onCreate(() => randomUUID()),
    organizationId: p.uuid(),
    clientId: p.uuid(),
    source: p.text(),
    name: p.text(),
    columns: p.json<HeaderFields>(),
    /** Of the header that it is applied to by itself; null where it is only applied by choice. */
    fingerprint: p.text().strictNullable(),
    createdAt: p.datetime().onCreate(() => new Date()),
    updatedAt: p
      .datetime()
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

/** Which columns of a client's files stand for what, saved to be used again. */
export class ColumnMapping extends schema.class {}
schema.setClass(ColumnMapping);
