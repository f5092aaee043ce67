import { derivedId } from '#lib/shared/ids.ts';
import { epochMs, type Instant, plus } from '#lib/shared/time.ts';
import type { Language, TemplateName, Values } from './templates/content.ts';

export type OutwardChannel = 'email' | 'sms';

/** Where a notice goes: an address, a number, or an inbox of this service. */
export type Destination =
  | { readonly channel: 'email'; readonly to: string }
  | { readonly channel: 'sms'; readonly to: string }
  | { readonly channel: 'in-app'; readonly to: string };

export interface MailAttachment {
  readonly fileKey: string;
  readonly fileName: string;
  readonly contentType: string;
}

/** One thing to be said to several destinations in one language. */
export interface Notice {
  readonly template: TemplateName;
  readonly language: Language;
  readonly values: Values;
  readonly destinations: readonly Destination[];
  /** Mails and SMS leave then, or at once when that has passed. */
  readonly sendAfter: Instant;
  /** Files that go with mails, read when they leave. */
  readonly attachments?: readonly MailAttachment[];
  /** From here on it is of no use to anybody and is not sent any more. */
  readonly notAfter?: Instant;
  /** The budget alerts that this notice is about; whoever owns them hears of a failure. */
  readonly alertIds?: readonly string[];
  /** How many refusals by the provider are the end of it; four unless told otherwise (CUS-120). */
  readonly tries?: number;
  /** Which sending of what it carries out; whoever owns that hears of a failure (DEV-200). */
  readonly about?: { readonly id: string; readonly sendCount: number };
}

/** A mail or an SMS on its way: what to say, to whom, and how far it got. Rendered when it leaves. */
export interface Message {
  readonly messageId: string;
  readonly eventId: string;
  readonly eventName: string;
  readonly channel: OutwardChannel;
  readonly to: string;
  readonly template: TemplateName;
  readonly language: Language;
  readonly values: Values;
  readonly alertIds?: readonly string[];
  readonly tries?: number;
  readonly about?: Notice['about'];
  readonly attachments?: readonly MailAttachment[];
  readonly createdAt: Instant;
  readonly status: 'waiting' | 'sending' | 'sent' | 'failed' | 'lapsed';
  readonly sendAfter: Instant;
  readonly notAfter?: Instant;
  /** How often it was taken up; also fences off an earlier claim that wakes up late. */
  readonly claims: number;
  readonly leaseUntil?: Instant;
  /** Times that the provider could not take it. */
  readonly delays: number;
  /** Times that the provider would not take it. */
  readonly rejections: number;
  readonly failure?: string;
  readonly endedAt?: Instant;
}

/** The same event, channel and destination are the same message, however often they are composed (ORD-159). */
export const messageIdOf = (eventId: string, { channel, to }: Destination): string =>
  derivedId('msg', eventId, channel, to.toLowerCase());

/** What the provider said. `unavailable` is its trouble or ours, `rejected` is about this one message. */
export type Outcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'rejected'; readonly reason: string };

/** Longer than a delivery may run (its consumer ends after 60 seconds), shorter than the queue waits before it delivers again. */
const LEASE_SECONDS = 120;
const FIRST_DELAY_SECONDS = 10;
const LONGEST_DELAY_SECONDS = 3_600;
/** CUS-120: a failed delivery is retried three times. */
const RETRY_MINUTES = [5, 30, 120] as const;

/** 10 s, 20 s, 40 s … an hour: an outage is asked after less and less often, but never given up on. */
export const delaySeconds = (times: number): number =>
  Math.min(LONGEST_DELAY_SECONDS, FIRST_DELAY_SECONDS * 2 ** Math.min(times - 1, 20));

export type Readiness = 'due' | 'not-yet' | 'in-hand' | 'lapsed' | 'ended';

/** May this message be taken up now? A lease that ran out belongs to a delivery that died. */
export function readinessOf(message: Message, now: Instant): Readiness {
  const { status, sendAfter, leaseUntil, notAfter } = message;
  if (status !== 'waiting' && status !== 'sending') return 'ended';
  if (status === 'sending' && leaseUntil !== undefined && now < leaseUntil) return 'in-hand';
  if (notAfter !== undefined && notAfter <= now) return 'lapsed';
  return sendAfter <= now ? 'due' : 'not-yet';
}

/** Takes a message up. A message whose deliveries keep dying is left alone for longer and longer. */
export function claim(message: Message, now: Instant): Message {
  const claims = message.claims + 1;
  const seconds = Math.max(LEASE_SECONDS, delaySeconds(claims));
  return { ...message, status: 'sending', claims, leaseUntil: plus(now, { seconds }) };
}

/** Only accepted, rejected for the fourth time, and useless by now are ends; anything else waits for another try. */
export function afterAttempt(message: Message, outcome: Outcome, now: Instant): Message {
  switch (outcome.kind) {
    case 'accepted':
      return ended(message, 'sent', now);
    case 'unavailable': {
      const delays = message.delays + 1;
      return waiting({ ...message, delays }, plus(now, { seconds: delaySeconds(delays) }), outcome.reason);
    }
    case 'rejected': {
      const rejections = message.rejections + 1;
      const minutes = RETRY_MINUTES[rejections - 1];
      if (minutes === undefined || rejections === message.tries)
        return ended({ ...message, rejections, failure: outcome.reason }, 'failed', now);
      return waiting({ ...message, rejections }, plus(now, { minutes }), outcome.reason);
    }
  }
}

export const lapse = (message: Message, now: Instant): Message => ended(message, 'lapsed', now);

const waiting = (message: Message, sendAfter: Instant, failure: string): Message => ({
  ...message,
  status: 'waiting',
  sendAfter,
  failure,
  leaseUntil: undefined,
});

const ended = (message: Message, status: 'sent' | 'failed' | 'lapsed', now: Instant): Message => ({
  ...message,
  status,
  endedAt: now,
  leaseUntil: undefined,
});

/** When a message that has not ended must be looked at again; the order of the due index. */
export const dueAt = (message: Message): Instant =>
  message.status === 'sending' && message.leaseUntil ? message.leaseUntil : message.sendAfter;

/** A queue delays for 15 minutes at most; what is further off is found by the due index. */
const LONGEST_QUEUE_DELAY_SECONDS = 900;

/** Seconds to delay the queue message by, `undefined` when it is too far off. */
export function queueDelay(message: Message, now: Instant): number | undefined {
  const seconds = Math.max(0, Math.ceil((epochMs(message.sendAfter) - epochMs(now)) / 1000));
  return seconds <= LONGEST_QUEUE_DELAY_SECONDS ? seconds : undefined;
}
