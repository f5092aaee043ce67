import { createHmac, timingSafeEqual } from 'node:crypto';
import { customerVerificationCodeRequested, verificationCodeRequested } from '#events/verification.ts';
import type { Actor, Person } from './actor.ts';
import { currentCall } from './call.ts';
import {
  afterAttempt,
  allowNextCode,
  type Binding,
  type Challenge,
  channelsOf,
  whyUnusable,
  withCode,
} from './challenge.ts';
import {
  loadChallenge,
  loadSentCodes,
  putNewChallenge,
  replaceChallenge,
  replaceSentCodes,
} from './challenge-store.ts';
import type { Channel, CriticalOperation } from './critical.ts';
import { Refusal, sharedErrors } from './errors.ts';
import { newId } from './ids.ts';
import type { Scope } from './operation.ts';
import { event, type OutgoingEvent } from './outbox.ts';
import { signingSecret } from './resources.ts';
import type { Instant } from './time.ts';
import { ConditionFailed, transact } from './transaction.ts';
import { verificationErrors } from './verification-errors.ts';

/** Opens a challenge for a request that came without a code, and refuses that request: nothing was changed (ORG-173). */
export async function refuseForCode(
  person: Person,
  operationKey: CriticalOperation,
  requestDigest: string,
  now: Instant,
): Promise<never> {
  const challengeId = newId('chl', now);
  const challenge: Challenge = {
    challengeId,
    personId: person.id,
    operationKey,
    requestDigest,
    openedAt: now,
    version: 1,
  };
  await transact({ writes: [putNewChallenge(challenge)], aside: true });
  const channels = channelsOf(person, operationKey);
  throw new Refusal(sharedErrors.VERIFICATION_REQUIRED, { operationKey, challengeId, channels });
}

/** The challenge named in the path, for the person it was opened for and nobody else, until it is used. */
export const challengeScope: Scope<Challenge> = {
  name: 'verification-challenge',
  parameter: 'challengeId',
  notFound: sharedErrors.NOT_FOUND,
  load: async (actor: Actor, challengeId) => {
    const challenge = await loadChallenge(challengeId, currentCall().now);
    return challenge?.personId === actor.id && !challenge.consumedAt ? challenge : undefined;
  },
};

/**
 * Sends a code for a challenge (ORG-53): the first one, or another that voids those before it of the same operation (ORG-55).
 * @throws Refusal CHANNEL_NOT_AVAILABLE (ORG-172), TOO_MANY_CODES (ORG-175)
 */
export async function requestCode(
  person: Person,
  challenge: Challenge,
  channel: Channel,
  now: Instant,
): Promise<Challenge> {
  const { challengeId, operationKey } = challenge;
  if (!channelsOf(person, operationKey).some((each) => each.channel === channel))
    throw new Refusal(verificationErrors.CHANNEL_NOT_AVAILABLE);
  const before = await loadSentCodes(person.id);
  const codes = allowNextCode(before, challenge, now);
  const asked = withCode(challenge, channel, now);
  await transact({
    writes: [replaceChallenge(challenge, asked), replaceSentCodes(person.id, before, codes, now)],
    events: [requested(person, { challengeId, channel, operationKey, requestedAt: now }, now)],
    trace: { after: { challengeId, channel, operationKey } }, // ORG-177: never the code
  });
  return asked;
}

function requested(
  { kind, id }: Person,
  detail: { challengeId: string; channel: Channel; operationKey: CriticalOperation; requestedAt: Instant },
  now: Instant,
): OutgoingEvent {
  return kind === 'member'
    ? event(verificationCodeRequested, { ...detail, memberId: id }, now)
    : event(customerVerificationCodeRequested, { ...detail, customerId: id }, now);
}

interface GivenCode {
  readonly challengeId: string;
  readonly code: string;
}

/** A race lost to a wrong attempt is decided again; as many as there are attempts can be lost before the challenge is void. */
const MOST_DECISIONS = 7;

/**
 * Checks a code and uses it up (ORG-54, ORG-174), before the operation runs: one code can never carry two operations, not even two
 * that come at once. The price is that an operation refused by its own rules has used its code.
 * @throws Refusal VERIFICATION_FAILED; a wrong code is counted before (ORG-55)
 */
export async function consumeCode(wanted: Binding, given: GivenCode, now: Instant): Promise<void> {
  for (let decisions = 0; decisions < MOST_DECISIONS; decisions += 1) {
    const outcome = await tryCode(wanted, given, now);
    if (outcome === 'raced') continue;
    if (outcome === 'wrong') throw new Refusal(sharedErrors.VERIFICATION_FAILED);
    currentCall().verified = true;
    return;
  }
  throw new Refusal(sharedErrors.VERIFICATION_FAILED);
}

async function tryCode(wanted: Binding, given: GivenCode, now: Instant): Promise<'right' | 'wrong' | 'raced'> {
  const [challenge, codes] = await Promise.all([loadChallenge(given.challengeId, now), loadSentCodes(wanted.personId)]);
  const unusable = whyUnusable(challenge, wanted, codes, now);
  if (unusable || !challenge?.sent) {
    await leaveCheck(wanted, given.challengeId, unusable ?? 'no-code-sent');
    return 'wrong';
  }
  const right = isSameText(codeOf(challenge.challengeId, challenge.sent.at), given.code);
  const after = afterAttempt(challenge, right, now);
  try {
    await transact({
      aside: true,
      writes: [replaceChallenge(challenge, after)],
      trace: checkTrace(wanted, given.challengeId, right ? 'right' : 'wrong'),
    });
    return right ? 'right' : 'wrong';
  } catch (error) {
    if (error instanceof ConditionFailed) return 'raced';
    throw error;
  }
}

const leaveCheck = (wanted: Binding, challengeId: string, result: string): Promise<void> =>
  transact({ aside: true, writes: [], trace: checkTrace(wanted, challengeId, result) });

/** ORG-177: every check leaves its own entry, beside the one of the request that it belongs to; never with the code. */
const checkTrace = ({ operationKey }: Binding, challengeId: string, result: string) => ({
  operation: 'check-verification-code',
  outcome: result === 'right' ? ('done' as const) : ('refused' as const),
  code: result === 'right' ? undefined : sharedErrors.VERIFICATION_FAILED.code,
  after: { challengeId: challengeId.slice(0, 200), operationKey, result },
});

/** The six digits of a sent code (ORG-175). Derived, so that no store, queue or log ever holds one. */
export function codeOf(challengeId: string, sentAt: Instant): string {
  const digest = createHmac('sha256', signingSecret()).update(`code:${challengeId}:${sentAt}`).digest();
  return (digest.readUIntBE(0, 6) % 1_000_000).toString().padStart(6, '0');
}

/** In constant time; texts of other byte lengths, such as full-width digits, are simply different. */
function isSameText(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
