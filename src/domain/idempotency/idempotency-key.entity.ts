import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'IdempotencyKey',
  tableName: 'idempotency_keys',
  properties: {
    organizationId: p.uuid().primary(),
    key: p.text().primary(),
    operation: p.text(),
    inputHash: p.text(),
    entityId: p.uuid(),
    createdAt: p.datetime().onCreate(() => new Date()),
  },
});

/** What a mutation made when it was first called under a key. */
export class IdempotencyKey extends schema.class {}
schema.setClass(IdempotencyKey);
