import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'BrandProfile',
  tableName: 'brand_profiles',
  properties: {
    clientId: p.uuid().primary(),
    organizationId: p.uuid(),
    /** What it is in, as people say it: `project management software`. */
    industry: p.text().strictNullable(),
    products: p.array().$type<string[]>(),
    /** Language tag that questions are asked in. */
    locale: p.text(),
    updatedAt: p
      .datetime()
      .onCreate(() => new Date())
      .onUpdate(() => new Date()),
  },
});

/** What a client's brand is about. */
export class BrandProfile extends schema.class {}
schema.setClass(BrandProfile);
