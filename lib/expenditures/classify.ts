import { type Association, associationAt } from '#lib/customers/index.ts';
import type { FieldError } from '#lib/shared/errors.ts';
import { type Money, roundedProduct, ZERO } from '#lib/shared/money.ts';
import {
  type BillingMonth,
  type BusinessDay,
  billingMonthOf,
  billingMonthOfIntervalEnd,
  businessDayOf,
  epochMs,
  type Instant,
  instantOfEpochMs,
} from '#lib/shared/time.ts';
import { type ChargeForm, isOrder } from './charge-form.ts';
import type { Charge } from './record.ts';
import { remembering } from './remember.ts';

/** Bills and list prices are in this currency on every screen (FIN, conventions). */
export const LIST_CURRENCY = 'USD';

export const REFUSAL_CODES = [
  'RECORD_INVALID',
  'UNKNOWN_CUSTOMER',
  'NOT_ASSOCIATED_AT_CONSUMPTION',
  'CURRENCY_NOT_SUPPORTED',
  'EXCHANGE_RATE_MISSING',
  'CONTENT_CONFLICT',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** What is known about the customer that a charge names. */
export interface ChargeFacts {
  readonly associations: readonly Association[];
  /** Currency of the usage counter, by partner (CUS-254). */
  readonly paymentCurrencyOf: (partnerId: string) => string | undefined;
}

export interface Classified {
  readonly kind: 'accepted';
  readonly charge: Charge;
  readonly association: Association;
  /** The month whose usage it moves and, unless it is closed, the cycle it is billed in. */
  readonly month: BillingMonth;
  /** What it adds to the usage counter, in the partner's payment currency. */
  readonly usage: Money;
}

export interface Refused {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly reasons: readonly FieldError[];
}

export const refused = (code: RefusalCode, pointer: string, detail: string): Refused => ({
  kind: 'refused',
  code,
  reasons: [{ pointer, detail }],
});

/** Decides whose charge this is and in which month it counts. */
export function classify(charge: Charge, facts: ChargeFacts): Classified | Refused {
  const { time, kind } = timing(charge);
  const association = associationAt(facts.associations, time, kind); // CUS-098, FIN-12, ORD-138
  if (!association) {
    const pointer = kind === 'interval-end' ? '/spentTo' : '/transactionTime';
    return refused(
      'NOT_ASSOCIATED_AT_CONSUMPTION',
      pointer,
      'the customer was not associated with a partner at that time',
    );
  }
  if (charge.currency !== LIST_CURRENCY) {
    return refused('CURRENCY_NOT_SUPPORTED', '/currency', `list prices are in ${LIST_CURRENCY}`);
  }
  if (association.type === 'reseller' && (charge.payment.discount !== 0n || charge.payment.cashPayments !== 0n)) {
    return refused(
      'RECORD_INVALID',
      '/payment',
      'a reseller-model customer is charged list price without discount or cash',
    ); // ORD-68
  }
  const usage = usageOf(charge, association, facts.paymentCurrencyOf(association.partnerId));
  if (usage === undefined) {
    return refused(
      'EXCHANGE_RATE_MISSING',
      '/exchangeRate',
      "needed, because the partner's payment currency is another",
    );
  }
  return { kind: 'accepted', charge, association, month: monthOf(charge), usage };
}

/** The delivered form as a charge of a known customer. */
export function toCharge(form: ChargeForm, customerId: string): Charge {
  const { customerId: _customerId, accountId: _accountId, transactionTime, payment, ...rest } = form;
  const consumed = isOrder(form) ? undefined : form.spentTo;
  const time = consumed ?? transactionTime;
  if (time === undefined) throw new TypeError('a parsed charge has a time');
  return {
    ...rest,
    customerId,
    transactionTime: time,
    producedAt: consumed === undefined ? undefined : transactionTime, // ORD-137
    payment: payment ?? { discount: ZERO, cashPayments: ZERO, couponsUsed: ZERO, monthlySettlement: form.listPrice },
  };
}

/** FIN-08 to FIN-10, CUS-091, CUS-094: the month of the payment, or the one in which consumption ends. */
export function monthOf(charge: Charge): BillingMonth {
  const { time, kind } = timing(charge);
  return kind === 'interval-end' ? monthOfEnd(time) : monthOfMoment(time);
}

/** The day of the summary that shows a charge (ORD-128); an interval belongs to the day in which it lies or ends (ORD-136). */
export function dayOf(charge: Charge): BusinessDay {
  const { time, kind } = timing(charge);
  return kind === 'interval-end' ? dayOfEnd(time) : dayOfMoment(time);
}

/** The day of what was metered; a purchase is no day's consumption (CUS-209). */
export function consumptionDayOf(charge: Charge): BusinessDay | undefined {
  const { time, kind } = timing(charge);
  return kind === 'interval-end' ? dayOfEnd(time) : undefined;
}

const monthOfEnd = remembering(billingMonthOfIntervalEnd);
const monthOfMoment = remembering(billingMonthOf);
const dayOfEnd = remembering((end: Instant) => businessDayOf(instantOfEpochMs(epochMs(end) - 1)));
const dayOfMoment = remembering(businessDayOf);

function timing(charge: Charge): { time: Charge['transactionTime']; kind: 'interval-end' | 'moment' } {
  const consumed = !isOrder(charge) && charge.spentTo !== undefined;
  return { time: charge.transactionTime, kind: consumed ? 'interval-end' : 'moment' };
}

/** CUS-091 to CUS-093: list price, gross: discounts, coupons, refunds and adjustments change nothing. Referral customers have no counter. */
function usageOf(charge: Charge, association: Association, paymentCurrency: string | undefined): Money | undefined {
  if (association.type === 'referral' || charge.billType !== 'expenditure') return ZERO;
  if (paymentCurrency === undefined || paymentCurrency === charge.currency) return charge.listPrice;
  return charge.exchangeRate && roundedProduct([charge.listPrice, charge.exchangeRate], 12); // CUS-254
}
