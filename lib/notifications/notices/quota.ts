import { partnerRestricted, partnerRestrictionEnded, quotaLevelReached } from '#events/quota.ts';
import { cardChargeFailed } from '#events/repayments.ts';
import type { Partner } from '#lib/partners/index.ts';
import type { Destination } from '../message.ts';
import { nextOpening } from '../working-hours.ts';
import { composer } from './composer.ts';
import { amountText, requirePartner, voiceOf } from './voice.ts';

/** Quotas are in the bills' currency. */
const QUOTA_CURRENCY = 'USD';

/** One e-mail and one SMS: to who handles the partner's money, and to the number it gave (FIN-91, FIN-95). */
const mailAndSms = ({ contact, financialContact }: Partner): Destination[] => {
  const email = financialContact?.email ?? contact.email;
  return [
    ...(email === undefined ? [] : [{ channel: 'email' as const, to: email }]),
    ...(contact.mobileNumber === undefined ? [] : [{ channel: 'sms' as const, to: contact.mobileNumber }]),
  ];
};

interface QuotaStanding {
  readonly total: string;
  readonly used: string;
}

const quotaValues = ({ companyName }: Partner, { total, used }: QuotaStanding) => ({
  partnerName: companyName,
  total: amountText(total),
  used: amountText(used),
  currency: QUOTA_CURRENCY,
});

/** FIN-95: above 80 %, and used up. */
export const quotaLevelNotice = composer(quotaLevelReached, async (detail, { now }) => {
  const partner = await requirePartner(detail.partnerId);
  const { language, zone } = voiceOf(partner);
  return [
    {
      template: detail.level === 'warning' ? 'quota-warning' : 'quota-used-up',
      language,
      values: quotaValues(partner, detail),
      destinations: mailAndSms(partner),
      sendAfter: nextOpening(now, zone),
    },
  ];
});

/** FIN-96: at once, because customers cannot purchase any more. */
export const partnerRestrictedNotice = composer(partnerRestricted, async (detail, { occurredAt }) => {
  const partner = await requirePartner(detail.partnerId);
  return [
    {
      template: 'partner-restricted',
      language: voiceOf(partner).language,
      values: quotaValues(partner, detail),
      destinations: mailAndSms(partner),
      sendAfter: occurredAt,
    },
  ];
});

/** FIN-96. */
export const restrictionEndedNotice = composer(partnerRestrictionEnded, async (detail, { occurredAt }) => {
  const partner = await requirePartner(detail.partnerId);
  return [
    {
      template: 'partner-restriction-ended',
      language: voiceOf(partner).language,
      values: { partnerName: partner.companyName },
      destinations: mailAndSms(partner),
      sendAfter: occurredAt,
    },
  ];
});

/** FIN-91: of a bill; what becomes of a charge for the quota is told as a restriction (FIN-97). */
export const cardChargeFailedNotice = composer(cardChargeFailed, async (detail, { now }) => {
  if (detail.cause !== 'bill') return [];
  const partner = await requirePartner(detail.partnerId);
  const { language, zone } = voiceOf(partner);
  return [
    {
      template: 'card-charge-failed',
      language,
      values: {
        partnerName: partner.companyName,
        billId: detail.billId ?? '',
        amount: amountText(detail.amount),
        currency: detail.currency,
      },
      destinations: mailAndSms(partner),
      sendAfter: nextOpening(now, zone),
    },
  ];
});
