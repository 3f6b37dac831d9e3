import { defineEntity, p } from '@mikro-orm/core';

export const consentPurposes = ['PRODUCT_MAILS', 'ANALYTICS'] as const;
export type ConsentPurpose = (typeof consentPurposes)[number];

const schema = defineEntity({
  name: 'Consent',
  tableName: 'consents',
  properties: {
    userId: p.uuid().primary(),
    purpose: p.enum(consentPurposes).primary(),
    /** Of the privacy notice that they were shown. */
    noticeVersion: p.text(),
    givenAt: p.datetime(),
    withdrawnAt: p.datetime().strictNullable(),
  },
});

/** That a person agreed to what we may not do otherwise. */
export class Consent extends schema.class {}
schema.setClass(Consent);
