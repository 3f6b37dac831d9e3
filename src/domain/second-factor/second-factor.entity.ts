import { defineEntity, p } from '@mikro-orm/core';

const schema = defineEntity({
  name: 'SecondFactor',
  tableName: 'second_factors',
  properties: {
    userId: p.uuid().primary(),
    secretCiphertext: p.text(),
    createdAt: p.datetime().defaultRaw('now()'),
    /** Null while nobody has shown a code of it: it proves nothing yet. */
    confirmedAt: p.datetime().strictNullable(),
    /** The 30 seconds that the last code was of. */
    lastStep: p.bigint('number').strictNullable(),
    /** Of the codes that are left for when the app is lost. */
    recoveryHashes: p.array(),
  },
});

/** An authenticator app that proves, beside the password, who somebody is. */
export class SecondFactor extends schema.class {}
schema.setClass(SecondFactor);
