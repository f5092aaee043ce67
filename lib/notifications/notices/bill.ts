import type * as z from 'zod';
import { billNoPaymentDue, billParked } from '#events/billing.ts';
import type { Partner } from '#lib/partners/index.ts';
import { parseMoney, ZERO } from '#lib/shared/money.ts';
import { OPERATORS_INBOX } from '../inbox.ts';
import type { Values } from '../templates/content.ts';
import { nextOpening } from '../working-hours.ts';
import { composer } from './composer.ts';
import { amountText, billAddresses, OPERATORS_VOICE, requirePartner, type Voice, voiceOf } from './voice.ts';

/** FIN-18, FIN-44 to FIN-46: a bill without anything to pay is sent as well. */
export const billNoPaymentDueNotice = composer(billNoPaymentDue, async (bill, { now }) => {
  const partner = await requirePartner(bill.partnerId);
  const voice = voiceOf(partner);
  const credited = parseMoney(bill.credit) > ZERO;
  return [
    {
      template: 'bill-no-payment-due',
      language: voice.language,
      values: {
        ...billValues(bill, partner, voice),
        credit: credited ? `${amountText(bill.credit)} ${bill.paymentCurrency}` : '',
      },
      destinations: billAddresses(partner),
      sendAfter: nextOpening(now, voice.zone),
    },
  ];
});

/** FIN-19: reported to operators. */
export const billParkedNotice = composer(billParked, async (detail, { occurredAt }) => {
  const { language, time } = OPERATORS_VOICE;
  const { companyName } = await requirePartner(detail.partnerId);
  return [
    {
      template: 'bill-parked',
      language,
      values: {
        partnerName: companyName,
        partnerId: detail.partnerId,
        cycle: detail.cycle,
        cause: `${detail.code}: ${detail.cause}`,
        parkedAt: time(detail.parkedAt),
      },
      destinations: [{ channel: 'in-app', to: OPERATORS_INBOX }],
      sendAfter: occurredAt,
    },
  ];
});

type Bill = Pick<
  z.output<typeof billNoPaymentDue.detail>,
  'billId' | 'cycle' | 'amountDue' | 'currency' | 'issuedAt' | 'late'
>;

export const billValues = (bill: Bill, { companyName }: Partner, { time, terms }: Voice): Values => ({
  partnerName: companyName,
  billId: bill.billId,
  cycle: bill.cycle,
  amountDue: amountText(bill.amountDue),
  currency: bill.currency,
  issuedAt: time(bill.issuedAt),
  note: bill.late ? terms.late : '', // FIN-20
});
