import { registrationCodeRequested } from '#events/verification.ts';
import { allowNextCode, type Challenge, validUntil, withCode } from './challenge.ts';
import { loadSentCodes, putNewChallenge, replaceSentCodes } from './challenge-store.ts';
import type { CriticalOperation } from './critical.ts';
import { digestOf, newId } from './ids.ts';
import { event } from './outbox.ts';
import type { Instant } from './time.ts';
import { transact } from './transaction.ts';
import { consumeCode } from './verification.ts';

/**
 * Codes for somebody who has no identity yet: the person is the address that is to be registered, so the limits of ORG-175 hold per
 * address, whoever asks.
 */
const OPERATION: CriticalOperation = 'register-account';
const PERSON = 'registrant:';
const personOf = (email: string): string => `${PERSON}${email}`;

/** What a code is good for: this address, for this purpose (ORG-174); the rest of the request, the password above all, stays out of it. */
const digestFor = (email: string, purpose: string): string => digestOf({ operation: OPERATION, email, purpose });

/** Mails a code to the address. @throws Refusal TOO_MANY_CODES (ORG-175) */
export async function requestRegistrantCode(
  email: string,
  purpose: string,
  now: Instant,
): Promise<{ challengeId: string; validUntil: Instant }> {
  const personId = personOf(email);
  const opened: Challenge = {
    challengeId: newId('chl', now),
    personId,
    operationKey: OPERATION,
    requestDigest: digestFor(email, purpose),
    openedAt: now,
    version: 1,
  };
  const before = await loadSentCodes(personId);
  const codes = allowNextCode(before, opened, now);
  const { challengeId } = opened;
  await transact({
    writes: [putNewChallenge(withCode(opened, 'email', now)), replaceSentCodes(personId, before, codes, now)],
    events: [event(registrationCodeRequested, { challengeId, requestedAt: now }, now)],
    trace: { after: { challengeId, channel: 'email', operationKey: OPERATION } }, // ORG-177: never the code
  });
  return { challengeId, validUntil: validUntil(now) };
}

/** @throws Refusal VERIFICATION_FAILED */
export const consumeRegistrantCode = (
  email: string,
  purpose: string,
  given: { readonly challengeId: string; readonly code: string },
  now: Instant,
): Promise<void> =>
  consumeCode(
    { personId: personOf(email), operationKey: OPERATION, requestDigest: digestFor(email, purpose) },
    given,
    now,
  );

/** The address behind a registrant's challenge; it is written nowhere else. */
export const registrantAddress = ({ personId }: Challenge): string | undefined =>
  personId.startsWith(PERSON) ? personId.slice(PERSON.length) : undefined;
