import type { Actor, Person } from './actor.ts';
import { allowsChannel, type Channel, type CriticalOperation } from './critical.ts';
import { Refusal, sharedErrors } from './errors.ts';
import { maskEmail, maskPhone } from './masking.ts';
import { epochMs, type Instant, plus } from './time.ts';

/** Figures of ORG-175. */
const VALID_MINUTES = 5;
const WRONG_ATTEMPTS = 5;
const RESEND_SECONDS = 60;
const CODES_PER_HOUR = 10;
const CODES_PER_DAY = 30;
const KEPT_DAYS = 1; // ORG-192

/** What a code is bound to (ORG-174). */
export interface Binding {
  readonly personId: string;
  readonly operationKey: CriticalOperation;
  readonly requestDigest: string;
}

/** One step-up check. It never holds the code: that is derived from the challenge and the time it was sent (`codeOf`). */
export interface Challenge extends Binding {
  readonly challengeId: string;
  readonly openedAt: Instant;
  /** The code sent last; sending another voids it (ORG-55). */
  readonly sent?: { readonly at: Instant; readonly channel: Channel; readonly wrongAttempts: number };
  readonly consumedAt?: Instant;
  readonly version: number;
}

/** What one person asked for lately: the limits of ORG-175, and the challenge per operation that is not void (ORG-55). */
export interface SentCodes {
  readonly sent: readonly { readonly at: Instant; readonly operationKey: CriticalOperation }[];
  readonly latest: Readonly<Partial<Record<CriticalOperation, string>>>;
  readonly version: number;
}

/** Who a challenge can be for; any other caller is a defect of the declaration. */
export function requirePerson(actor: Actor): Person {
  if (actor.kind !== 'member' && actor.kind !== 'customer') throw new TypeError('the caller is asked for no code');
  return actor;
}

/** The person's own addresses, masked, SMS first (ORG-172). @param operation leaves out the ways that it does not allow */
export function channelsOf(
  { mobileNumber, email }: Pick<Person, 'mobileNumber' | 'email'>,
  operation?: CriticalOperation,
): { channel: Channel; destination: string }[] {
  const channels = [
    ...(mobileNumber ? [{ channel: 'sms' as const, destination: maskPhone(mobileNumber) }] : []),
    ...(email ? [{ channel: 'email' as const, destination: maskEmail(email) }] : []),
  ];
  return channels.filter(({ channel }) => operation === undefined || allowsChannel(operation, channel));
}

export const validUntil = (sentAt: Instant): Instant => plus(sentAt, { minutes: VALID_MINUTES });

/** ORG-192: a day after the challenge ended, or after it was opened when no code was asked for. */
export const keptUntil = ({ openedAt, sent }: Challenge): Instant =>
  plus(sent ? validUntil(sent.at) : openedAt, { days: KEPT_DAYS });

/**
 * The next code of a person, if the limits leave one (ORG-175). Resending means the same operation again, whichever challenge it is for.
 * @throws Refusal TOO_MANY_CODES
 */
export function allowNextCode(before: SentCodes, challenge: Challenge, now: Instant): SentCodes {
  const { operationKey, challengeId } = challenge;
  const inDay = before.sent.filter(({ at }) => at > plus(now, { days: -1 }));
  const inHour = inDay.filter(({ at }) => at > plus(now, { hours: -1 }));
  const sameOperation = inDay.findLast((each) => each.operationKey === operationKey);

  refuseUntil(sameOperation && plus(sameOperation.at, { seconds: RESEND_SECONDS }), now);
  refuseUntil(inHour.length >= CODES_PER_HOUR ? inHour[0] && plus(inHour[0].at, { hours: 1 }) : undefined, now);
  refuseUntil(inDay.length >= CODES_PER_DAY ? inDay[0] && plus(inDay[0].at, { days: 1 }) : undefined, now);
  return {
    sent: [...inDay, { at: now, operationKey }],
    latest: { ...before.latest, [operationKey]: challengeId },
    version: before.version + 1,
  };
}

function refuseUntil(free: Instant | undefined, now: Instant): void {
  if (free === undefined || free <= now) return;
  throw new Refusal(sharedErrors.TOO_MANY_CODES, {
    retryAfterSeconds: Math.ceil((epochMs(free) - epochMs(now)) / 1000),
  });
}

/** A new code for a challenge: five minutes and five attempts from now on. */
export const withCode = (challenge: Challenge, channel: Channel, now: Instant): Challenge => ({
  ...challenge,
  sent: { at: now, channel, wrongAttempts: 0 },
  version: challenge.version + 1,
});

/** Why a code is not even compared; for the audit record, the caller is told nothing (ORG-55, ORG-174). */
export type Unusable =
  | 'unknown-challenge'
  | 'other-person'
  | 'other-operation'
  | 'other-request'
  | 'no-code-sent'
  | 'used'
  | 'newer-code-sent'
  | 'too-many-attempts'
  | 'expired';

export function whyUnusable(
  challenge: Challenge | undefined,
  wanted: Binding,
  codes: SentCodes,
  now: Instant,
): Unusable | undefined {
  if (!challenge) return 'unknown-challenge';
  if (challenge.personId !== wanted.personId) return 'other-person';
  if (challenge.operationKey !== wanted.operationKey) return 'other-operation';
  if (challenge.requestDigest !== wanted.requestDigest) return 'other-request';
  if (challenge.consumedAt) return 'used';
  if (!challenge.sent) return 'no-code-sent';
  if (codes.latest[challenge.operationKey] !== challenge.challengeId) return 'newer-code-sent';
  if (challenge.sent.wrongAttempts >= WRONG_ATTEMPTS) return 'too-many-attempts';
  return now < validUntil(challenge.sent.at) ? undefined : 'expired';
}

/** The challenge after a code was compared: used up by the right one (ORG-54), an attempt poorer by a wrong one (ORG-55). */
export function afterAttempt(challenge: Challenge, right: boolean, now: Instant): Challenge {
  const version = challenge.version + 1;
  if (right || !challenge.sent) return { ...challenge, consumedAt: now, version };
  return { ...challenge, sent: { ...challenge.sent, wrongAttempts: challenge.sent.wrongAttempts + 1 }, version };
}
