import type { EntityManager } from '@mikro-orm/postgresql';
import { type Actor, recordChange } from '../audit-log/record-change.ts';
import { databaseNow } from '../database-clock.ts';
import { badInput } from '../errors.ts';
import { requirePerson } from '../identity/viewer.ts';
import { Consent, type ConsentPurpose, consentPurposes } from './consent.entity.ts';

/** Of the privacy notice that is in force: whoever agrees says which one they were shown. */
export const privacyNoticeVersion = '2026-11-01';

export interface ConsentChange {
  purpose: ConsentPurpose;
  isGiven: boolean;
  /** That was shown; nobody needs one to withdraw. */
  noticeVersion?: string | null;
}

/** What a person agreed to of all that they are asked for; nothing where they never said. */
export interface ConsentState {
  purpose: ConsentPurpose;
  isGiven: boolean;
  noticeVersion: string | null;
  givenAt: Date | null;
  withdrawnAt: Date | null;
}

export async function readConsents(em: EntityManager, userId: string): Promise<ConsentState[]> {
  const consents = await em.find(Consent, { userId });
  return consentPurposes.map((purpose) => {
    const consent = consents.find((each) => each.purpose === purpose);
    const { noticeVersion = null, givenAt = null, withdrawnAt = null } = consent ?? {};
    const isGiven = givenAt !== null && withdrawnAt === null;
    return { purpose, isGiven, noticeVersion, givenAt, withdrawnAt };
  });
}

/**
 * Give or withdraw one's consent; what was before is in the audit log. Doing so twice changes nothing.
 *
 * @throws {DomainError} BAD_USER_INPUT for consent to another notice than the one in force.
 */
export async function setConsent(
  em: EntityManager,
  asker: Actor,
  { purpose, isGiven, noticeVersion }: ConsentChange,
): Promise<void> {
  const actor = requirePerson(asker);
  const { userId } = actor;
  if (isGiven && noticeVersion !== privacyNoticeVersion) {
    const message = `Show the notice in force, and name it: ${privacyNoticeVersion}.`;
    throw badInput(message, 'noticeVersion');
  }
  const known = await em.findOne(Consent, { userId, purpose });
  const isKnown = known !== null && known.withdrawnAt === null;
  const isSame = isGiven === isKnown && (!isGiven || known?.noticeVersion === privacyNoticeVersion);
  if (isSame) return;
  const before = known && describe(known);
  const now = await databaseNow(em);
  const consent =
    known ??
    em.create(Consent, { userId, purpose, noticeVersion: privacyNoticeVersion, givenAt: now });
  if (isGiven)
    Object.assign(consent, {
      noticeVersion: privacyNoticeVersion,
      givenAt: now,
      withdrawnAt: null,
    });
  else consent.withdrawnAt = now;
  recordChange(em, actor, {
    action: isGiven ? 'GIVE_CONSENT' : 'WITHDRAW_CONSENT',
    ...{ entityType: 'User', entityId: userId, before, after: describe(consent) },
  });
  await em.flush();
}

function describe({ purpose, noticeVersion, givenAt, withdrawnAt }: Consent) {
  return { purpose, noticeVersion, givenAt, withdrawnAt };
}
