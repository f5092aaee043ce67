import type { ReceivedEvent } from '#lib/shared/consumer.ts';
import type { EventDefinition } from '#lib/shared/outbox.ts';
import { sendMessages } from '#lib/shared/queue.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { InboxMessage } from './inbox.ts';
import { putNewInboxMessage } from './inbox-store.ts';
import { type Message, messageIdOf, type Notice } from './message.ts';
import { putNewMessage } from './message-store.ts';
import { managerAssignedNotice } from './notices/account-manager.ts';
import { associatedNotice, associationFailedNotice, instructionsNotice } from './notices/association.ts';
import { requestCreatedNotice, requestProcessedNotice } from './notices/association-request.ts';
import { billNoPaymentDueNotice, billParkedNotice } from './notices/bill.ts';
import { budgetAlertNotice } from './notices/budget-alert.ts';
import { budgetForecastNotice } from './notices/budget-forecast.ts';
import type { Composer } from './notices/composer.ts';
import { controlRequestNotice } from './notices/control-request.ts';
import { frozenNotice, unfrozenNotice } from './notices/freeze.ts';
import { groupBudgetAlertNotice, groupUsageNotice } from './notices/group.ts';
import { invitationNotice } from './notices/invitation.ts';
import {
  certificateReviewedNotice,
  certificateUploadedNotice,
  creditNoteNotice,
  invoiceCreatedNotice,
  invoiceDelayedNotice,
  invoiceFailedNotice,
  ticketDecidedNotice,
  ticketSubmittedNotice,
} from './notices/invoice.ts';
import { leadExpiredNotice, leadReviewedNotice, manualReviewsDueNotice } from './notices/lead.ts';
import {
  cardChargeFailedNotice,
  partnerRestrictedNotice,
  quotaLevelNotice,
  restrictionEndedNotice,
} from './notices/quota.ts';
import {
  billReminderNotice,
  transferClaimNotice,
  transferClaimsOverdueNotice,
  transferConfirmedNotice,
  transferRejectedNotice,
} from './notices/repayment.ts';
import {
  resellerAssociatedNotice,
  resellerInvitationNotice,
  resellerRestrictedNotice,
} from './notices/reseller-association.ts';
import { resellerDelegationNotice, resellerPermissionNotice } from './notices/reseller-permission.ts';
import { retentionEndingNotice } from './notices/retention.ts';
import { testCouponsNotice } from './notices/test-coupons.ts';
import {
  customerVerificationCodeNotice,
  registrationCodeNotice,
  verificationCodeNotice,
} from './notices/verification-code.ts';
import { renderInApp } from './render.ts';

const COMPOSERS: readonly Composer[] = [
  verificationCodeNotice,
  customerVerificationCodeNotice,
  registrationCodeNotice,
  budgetAlertNotice,
  budgetForecastNotice,
  frozenNotice,
  unfrozenNotice,
  retentionEndingNotice,
  associatedNotice,
  managerAssignedNotice,
  associationFailedNotice,
  instructionsNotice,
  requestCreatedNotice,
  requestProcessedNotice,
  controlRequestNotice,
  resellerPermissionNotice,
  resellerDelegationNotice,
  resellerInvitationNotice,
  resellerAssociatedNotice,
  resellerRestrictedNotice,
  invoiceCreatedNotice,
  invoiceDelayedNotice,
  invoiceFailedNotice,
  creditNoteNotice,
  ticketSubmittedNotice,
  ticketDecidedNotice,
  certificateUploadedNotice,
  certificateReviewedNotice,
  billNoPaymentDueNotice,
  billParkedNotice,
  billReminderNotice,
  transferClaimNotice,
  transferConfirmedNotice,
  transferRejectedNotice,
  transferClaimsOverdueNotice,
  quotaLevelNotice,
  partnerRestrictedNotice,
  restrictionEndedNotice,
  cardChargeFailedNotice,
  testCouponsNotice,
  invitationNotice,
  groupUsageNotice,
  groupBudgetAlertNotice,
  leadReviewedNotice,
  leadExpiredNotice,
  manualReviewsDueNotice,
];

/** What somebody is told of; the filter of the queue in infra/notifications.yml names the same. */
export const NOTICE_EVENTS: readonly EventDefinition[] = COMPOSERS.map(({ definition }) => definition);

/**
 * Composes the messages of an event: one per channel and destination (ORD-159). Message ids follow from the event, so that a repeated
 * delivery, also after a crash half way, adds what is missing and nothing else.
 */
export async function composeMessages(event: ReceivedEvent, now: Instant): Promise<void> {
  const composer = COMPOSERS.find(({ definition }) => definition.name === event.name);
  if (!composer) throw new Error(`nobody is told of ${event.name}`);
  const notices = await composer.compose(event, now);
  const messages = notices.flatMap((notice) => toMessages(event, notice, now));
  await Promise.all([
    ...notices.flatMap((notice) => toInboxMessages(event, notice)).map(putNewInboxMessage),
    ...messages.map(putNewMessage),
  ]);
  const atOnce = messages.filter(({ sendAfter }) => sendAfter <= now);
  await sendMessages(
    'deliveries',
    atOnce.map(({ messageId }) => ({ messageId })),
  );
}

function toMessages(event: ReceivedEvent, notice: Notice, now: Instant): Message[] {
  const { destinations, ...said } = notice;
  return destinations.flatMap((destination) =>
    destination.channel === 'in-app'
      ? []
      : {
          messageId: messageIdOf(event.id, destination),
          eventId: event.id,
          eventName: event.name,
          ...destination,
          ...said,
          createdAt: now,
          status: 'waiting',
          claims: 0,
          delays: 0,
          rejections: 0,
        },
  );
}

function toInboxMessages(event: ReceivedEvent, { template, language, values, destinations }: Notice): InboxMessage[] {
  return destinations
    .filter(({ channel }) => channel === 'in-app')
    .map((destination) => ({
      messageId: messageIdOf(event.id, destination),
      inbox: destination.to,
      kind: template,
      ...renderInApp(template, language, values),
      createdAt: event.occurredAt,
    }));
}
