import { messageFailed, messageSent } from '#events/notifications.ts';
import { count, log } from '#lib/shared/log.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { sendMessages } from '#lib/shared/queue.ts';
import { portalUrl } from '#lib/shared/resources.ts';
import { linkToken } from '#lib/shared/secret-link.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { codeOf } from '#lib/shared/verification.ts';
import { sendMail } from './mail.ts';
import { afterAttempt, claim, lapse, type Message, type Outcome, queueDelay, readinessOf } from './message.ts';
import { loadMessage, replaceMessage } from './message-store.ts';
import { renderMail, renderSms } from './render.ts';
import { sendSms } from './sms.ts';
import type { Values } from './templates/content.ts';

/**
 * Sends one message if it is due and nobody else has it in hand: claim, hand over, mark (CUS-120, CUS-263). Two deliveries at once
 * meet at the claim; only a death between the provider's acceptance and our mark lets a message leave again, when its lease is over.
 */
export async function deliver(messageId: string, now: Instant): Promise<void> {
  const message = await loadMessage(messageId);
  if (!message) throw new Error(`no message ${messageId}`);
  const readiness = readinessOf(message, now);
  if (readiness === 'lapsed') await move(message, lapse(message, now));
  if (readiness !== 'due') return;

  const claimed = claim(message, now);
  if (!(await move(message, claimed))) return;
  await settle(claimed, await handOver(claimed), now);
}

function handOver(message: Message): Promise<Outcome> {
  const { messageId, channel, to, template, language } = message;
  const values = withSecret(message);
  return channel === 'sms'
    ? sendSms({ messageId, to, text: renderSms(template, language, values) })
    : sendMail({ messageId, to, ...renderMail(template, language, values), attachments: message.attachments });
}

/** A verification code or the secret of a link appears here for the first time, in the mail that leaves, and is kept nowhere (ORG-177, DEV-62). */
function withSecret({ template, values }: Message): Values {
  const { challengeId = '', requestedAt, linkFolder, linkPurpose } = values;
  if (template === 'verification-code') return { ...values, code: codeOf(challengeId, requestedAt as Instant) };
  return linkPurpose ? { ...values, link: `${portalUrl()}/${linkFolder}/${linkToken(linkPurpose)}` } : values;
}

async function settle(claimed: Message, outcome: Outcome, now: Instant): Promise<void> {
  const after = afterAttempt(claimed, outcome, now);
  if (!(await move(claimed, after, eventsOf(after, now)))) return;
  report(after, outcome);
  const delaySeconds = after.status === 'waiting' ? queueDelay(after, now) : undefined;
  if (delaySeconds !== undefined) await sendMessages('deliveries', [{ messageId: after.messageId }], { delaySeconds });
}

/** @returns whether it is ours: a late wake-up after somebody else took the message over changes nothing */
async function move(before: Message, after: Message, events: readonly OutgoingEvent[] = []): Promise<boolean> {
  try {
    await transact({ writes: [replaceMessage(before, after)], events });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}

/** Every failure is told, a success to the owner of budget alerts alone. */
function eventsOf(message: Message, now: Instant): OutgoingEvent[] {
  const { messageId, eventId: causeEventId, eventName: causeEventName, channel, alertIds = [], about } = message;
  const detail = { messageId, causeEventId, causeEventName, channel, alertIds: [...alertIds] };
  if (message.status === 'failed') {
    return [event(messageFailed, { ...detail, about, reason: message.failure ?? '', failedAt: now }, now)];
  }
  const announced = message.status === 'sent' && alertIds.length > 0;
  return announced ? [event(messageSent, { ...detail, sentAt: now }, now)] : [];
}

function report(message: Message, outcome: Outcome): void {
  if (outcome.kind === 'accepted') {
    count('MessagesSent');
    return;
  }
  const { messageId, channel, delays, rejections } = message;
  log.warn('message not taken', {
    messageId,
    channel,
    outcome: outcome.kind,
    reason: outcome.reason,
    delays,
    rejections,
  });
  count(message.status === 'failed' ? 'MessagesFailed' : 'MessagesDelayed');
}
