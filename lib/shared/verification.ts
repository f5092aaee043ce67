import { createHmac, timingSafeEqual } from 'node:crypto';
import { verificationCodeRequested } from '#events/verification.ts';
import type { Member } from './actor.ts';
import { currentCall } from './call.ts';
import type { CriticalOperation } from './critical.ts';
import { getItem } from './dynamodb.ts';
import { Refusal, sharedErrors } from './errors.ts';
import { newId } from './ids.ts';
import { maskEmail, maskPhone } from './masking.ts';
import { event } from './outbox.ts';
import { signingSecret } from './resources.ts';
import { epochMs, epochSeconds, type Instant, plus } from './time.ts';
import { ConditionFailed, transact, type Write } from './transaction.ts';

/** Figures of ORG-175. */
const VALID_MINUTES = 5;
const WRONG_ATTEMPTS = 5;
const RESEND_SECONDS = 60;
const CODES_PER_HOUR = 10;
const CODES_PER_DAY = 30;
const KEPT_DAYS = 1; // ORG-192

export type Channel = 'sms' | 'email';

/** One step-up check, bound to person, operation key and request digest (ORG-174). */
export interface Challenge {
  readonly challengeId: string;
  readonly personId: string;
  readonly operationKey: CriticalOperation;
  readonly requestDigest: string;
  readonly channel?: Channel;
  readonly requestedAt?: Instant;
  readonly validUntil?: Instant;
  readonly attempts: number;
  readonly consumedAt?: Instant;
}

interface SentCodes {
  readonly sent: readonly Instant[];
  readonly version: number;
}

const challengeKey = (challengeId: string) => ({ pk: `CHALLENGE#${challengeId}`, sk: 'CHALLENGE' });
const sentKey = (personId: string) => ({ pk: `PERSON#${personId}`, sk: 'CODES' });
const latestKey = (personId: string, operationKey: string) => ({ pk: `PERSON#${personId}`, sk: `LATEST#${operationKey}` });

/** SMS first, as ORG-172 says; destinations masked. */
export const channelsOf = (member: Member): { channel: Channel; destination: string }[] => [
  ...(member.mobileNumber ? [{ channel: 'sms' as const, destination: maskPhone(member.mobileNumber) }] : []),
  { channel: 'email' as const, destination: maskEmail(member.email) },
];

/** Opens a challenge for a request that came without a code, and refuses that request (ORG-173): nothing was changed. */
export async function refuseForCode(member: Member, operationKey: CriticalOperation, requestDigest: string, now: Instant): Promise<never> {
  const challenge: Challenge = { challengeId: newId('chl', now), personId: member.id, operationKey, requestDigest, attempts: 0 };
  await transact({
    writes: [
      {
        table: 'identities',
        put: { ...challengeKey(challenge.challengeId), ...challenge, expiresAt: epochSeconds(plus(now, { days: KEPT_DAYS })) },
        condition: 'attribute_not_exists(pk)',
      },
    ],
    aside: true,
  });
  throw new Refusal(sharedErrors.VERIFICATION_REQUIRED, {
    operationKey,
    challengeId: challenge.challengeId,
    channels: channelsOf(member),
  });
}

/**
 * Sends a code for a challenge of this person (ORG-53). A newer one voids the older of the same operation (ORG-55).
 * @throws Refusal NOT_FOUND for a stranger's, consumed or unknown challenge; TOO_MANY_CODES (ORG-175)
 */
export async function requestCode(member: Member, challengeId: string, channel: Channel, now: Instant): Promise<Challenge> {
  const challenge = await loadChallenge(challengeId);
  const offered = channelsOf(member).some((each) => each.channel === channel);
  if (!challenge || challenge.personId !== member.id || challenge.consumedAt || !offered) throw new Refusal(sharedErrors.NOT_FOUND);

  const before = await loadSentCodes(member.id);
  const sent = allowNextCode(before.sent, now);
  const asked: Challenge = { ...challenge, channel, requestedAt: now, validUntil: plus(now, { minutes: VALID_MINUTES }) };
  await transact({
    writes: [
      replaceChallenge(challenge, asked),
      {
        table: 'identities',
        put: { ...sentKey(member.id), sent, version: before.version + 1, expiresAt: epochSeconds(plus(now, { days: 2 })) },
        condition: 'attribute_not_exists(pk) OR version = :seen',
        values: { ':seen': before.version },
        onConflict: sharedErrors.CONCURRENT_CHANGE,
      },
      {
        table: 'identities',
        put: { ...latestKey(member.id, challenge.operationKey), challengeId, expiresAt: epochSeconds(plus(now, { days: KEPT_DAYS })) },
      },
    ],
    events: [event(verificationCodeRequested, { challengeId, memberId: member.id, channel, operationKey: challenge.operationKey, requestedAt: now }, now)],
    trace: { after: { challengeId, channel, operationKey: challenge.operationKey } }, // ORG-177, never with the code
  });
  return asked;
}

/** ORG-175: the list of codes sent in the last day with the new one, or a refusal. */
export function allowNextCode(sent: readonly Instant[], now: Instant): Instant[] {
  const inDay = sent.filter((each) => each > plus(now, { days: -1 }));
  const inHour = inDay.filter((each) => each > plus(now, { hours: -1 }));
  const last = inDay.at(-1);
  if (last && plus(last, { seconds: RESEND_SECONDS }) > now) throw tooMany(plus(last, { seconds: RESEND_SECONDS }), now);
  if (inHour.length >= CODES_PER_HOUR) throw tooMany(plus(inHour[0] as Instant, { hours: 1 }), now);
  if (inDay.length >= CODES_PER_DAY) throw tooMany(plus(inDay[0] as Instant, { days: 1 }), now);
  return [...inDay, now];
}

const tooMany = (until: Instant, now: Instant): Refusal =>
  new Refusal(sharedErrors.TOO_MANY_CODES, { retryAfterSeconds: Math.ceil((epochMs(until) - epochMs(now)) / 1000) });

/**
 * Checks the code and consumes the challenge, once (ORG-54, ORG-174).
 * @throws Refusal VERIFICATION_FAILED; a wrong code is counted before (ORG-55)
 */
export async function consumeCode(
  member: Member,
  operationKey: CriticalOperation,
  requestDigest: string,
  given: { challengeId: string; code: string },
  now: Instant,
): Promise<void> {
  const [challenge, latest] = await Promise.all([
    loadChallenge(given.challengeId),
    getItem('identities', latestKey(member.id, operationKey)),
  ]);
  const usable =
    challenge !== undefined &&
    latest?.challengeId === challenge.challengeId &&
    challenge.personId === member.id &&
    challenge.operationKey === operationKey &&
    challenge.requestDigest === requestDigest &&
    challenge.consumedAt === undefined &&
    challenge.attempts < WRONG_ATTEMPTS &&
    challenge.validUntil !== undefined &&
    now < challenge.validUntil;
  if (!usable) throw new Refusal(sharedErrors.VERIFICATION_FAILED);

  const right = sameText(codeOf(challenge.challengeId, challenge.requestedAt as Instant), given.code);
  const after: Challenge = right ? { ...challenge, consumedAt: now } : { ...challenge, attempts: challenge.attempts + 1 };
  try {
    await transact({ aside: true, writes: [replaceChallenge(challenge, after)], trace: { outcome: right ? 'done' : 'refused', after: { challengeId: challenge.challengeId, verified: right } } });
  } catch (error) {
    if (error instanceof ConditionFailed) throw new Refusal(sharedErrors.VERIFICATION_FAILED); // two at once with one code
    throw error;
  }
  if (!right) throw new Refusal(sharedErrors.VERIFICATION_FAILED);
  currentCall().verified = true;
}

/** The six digits of a sent code. Derived, so that no store, queue or log ever holds one. */
export function codeOf(challengeId: string, requestedAt: Instant): string {
  const digest = createHmac('sha256', signingSecret()).update(`code:${challengeId}:${requestedAt}`).digest();
  return (digest.readUIntBE(0, 6) % 1_000_000).toString().padStart(6, '0');
}

async function loadChallenge(challengeId: string): Promise<Challenge | undefined> {
  const item = await getItem('identities', challengeKey(challengeId));
  return item as unknown as Challenge | undefined;
}

async function loadSentCodes(personId: string): Promise<SentCodes> {
  const item = await getItem('identities', sentKey(personId));
  return item ? (item as unknown as SentCodes) : { sent: [], version: 0 };
}

function replaceChallenge(before: Challenge, after: Challenge): Write {
  return {
    table: 'identities',
    put: { ...challengeKey(after.challengeId), ...after },
    condition: 'attempts = :attempts AND attribute_not_exists(consumedAt)',
    values: { ':attempts': before.attempts },
  };
}

const sameText = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
