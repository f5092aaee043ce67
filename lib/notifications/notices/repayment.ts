import {
  billReminderDue,
  transferClaimConfirmed,
  transferClaimRejected,
  transferClaimSubmitted,
  transferClaimsOverdue,
} from '#events/repayments.ts';
import { OPERATORS_INBOX } from '../inbox.ts';
import { nextOpening } from '../working-hours.ts';
import { composer } from './composer.ts';
import { amountText, billAddresses, OPERATORS_VOICE, requirePartner, voiceOf } from './voice.ts';

/** FIN-163: to the account address and the financial contact, like the bill itself. */
export const billReminderNotice = composer(billReminderDue, async (detail, { now }) => {
  const partner = await requirePartner(detail.partnerId);
  const { language, zone, time } = voiceOf(partner);
  return [
    {
      template: detail.daysOverdue === 0 ? 'bill-due-soon' : 'bill-overdue',
      language,
      values: {
        partnerName: partner.companyName,
        billId: detail.billId,
        cycle: detail.cycle,
        outstanding: amountText(detail.outstanding),
        currency: detail.currency,
        dueAt: time(detail.dueAt),
      },
      destinations: billAddresses(partner),
      sendAfter: nextOpening(now, zone),
    },
  ];
});

/** FIN-82: who answers claims learns of a new one inside the product. */
export const transferClaimNotice = composer(transferClaimSubmitted, async (detail, { occurredAt }) => {
  const { language, time } = OPERATORS_VOICE;
  const { companyName, partnerId } = await requirePartner(detail.partnerId);
  return [
    {
      template: 'transfer-claim',
      language,
      values: {
        partnerName: companyName,
        partnerId,
        claimId: detail.claimId,
        amount: amountText(detail.amount),
        currency: detail.currency,
        respondBy: time(detail.respondBy),
      },
      destinations: [{ channel: 'in-app', to: OPERATORS_INBOX }],
      sendAfter: occurredAt,
    },
  ];
});

/** FIN-82. */
export const transferConfirmedNotice = composer(transferClaimConfirmed, async (detail, { now }) => {
  const partner = await requirePartner(detail.partnerId);
  const { language, zone, time } = voiceOf(partner);
  const { claimId, currency } = detail;
  return [
    {
      template: 'transfer-confirmed',
      language,
      values: { claimId, amount: amountText(detail.amount), currency, confirmedAt: time(detail.confirmedAt) },
      destinations: billAddresses(partner),
      sendAfter: nextOpening(now, zone),
    },
  ];
});

/** FIN-83: with the reason, so that the partner can correct it. */
export const transferRejectedNotice = composer(transferClaimRejected, async (detail, { now }) => {
  const partner = await requirePartner(detail.partnerId);
  const { language, zone, time } = voiceOf(partner);
  const { claimId, currency, reason } = detail;
  return [
    {
      template: 'transfer-rejected',
      language,
      values: { claimId, amount: amountText(detail.amount), currency, reason, rejectedAt: time(detail.rejectedAt) },
      destinations: billAddresses(partner),
      sendAfter: nextOpening(now, zone),
    },
  ];
});

/** FIN-82. */
export const transferClaimsOverdueNotice = composer(transferClaimsOverdue, async (detail, { occurredAt }) => [
  {
    template: 'transfer-claims-overdue',
    language: OPERATORS_VOICE.language,
    values: {
      day: detail.day,
      overdue: String(detail.overdue),
      longestSince: OPERATORS_VOICE.time(detail.longestSince),
    },
    destinations: [{ channel: 'in-app', to: OPERATORS_INBOX }],
    sendAfter: occurredAt,
  },
]);
