import * as z from 'zod';
import type { FieldError } from '#lib/shared/errors.ts';
import { currencyField, idParam } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { tryInstant } from '#lib/shared/time.ts';
import {
  BILL_TYPES,
  BILLING_MODES,
  type Charge,
  ORDER_TYPES,
  SETTLEMENT_CLASSES,
  UNSUBSCRIPTION_CASES,
} from './record.ts';
import { remembering } from './remember.ts';

const amount = moneyText.transform(parseMoney);
const text = z.string().trim().min(1).max(512);

const parseTime = remembering(tryInstant);

const time = z.string().transform((given, context) => {
  const parsed = parseTime(given);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: 'must be an RFC 3339 time with an offset and at most milliseconds' });
  return z.NEVER;
});

/**
 * A charge as a feed delivers it. Strict: a field that nobody knows is refused rather than dropped in silence. The customer is
 * named by its id or by the platform's account.
 */
export const chargeForm = z.strictObject({
  recordId: z.string().regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 visible ASCII characters'),
  customerId: idParam.optional(),
  accountId: z.string().min(1).max(256).optional(),
  billType: z.enum(BILL_TYPES),
  billingMode: z.enum(BILLING_MODES),
  productType: text,
  productTypeCode: text,
  productName: text,
  productId: text,
  application: text.optional(),
  specifications: text.optional(),
  resourceType: text.optional(),
  resourceTypeCode: text.optional(),
  resourceId: z.string().min(1).max(1_024).optional(),
  region: text.optional(),
  regionCode: text.optional(),
  orderId: text,
  originalOrderId: text.optional(),
  transactionTime: time.optional(),
  orderType: z.enum(ORDER_TYPES).optional(),
  numberOfTerms: z.number().int().min(1).optional(),
  termUnit: text.optional(),
  spotInstance: z.boolean().default(false),
  billingItemCode: text.optional(),
  billingItemName: text.optional(),
  unitPrice: amount.optional(),
  priceUnit: text.optional(),
  usage: amount.optional(),
  usageUnit: text.optional(),
  packageUsage: amount.optional(),
  packageUsageUnit: text.optional(),
  reservedInstanceUsage: amount.optional(),
  reservedInstanceUsageUnit: text.optional(),
  listPrice: amount,
  currency: currencyField,
  exchangeRate: amount.refine((rate) => rate > 0n, 'must be above 0').optional(),
  settlementClass: z.enum(SETTLEMENT_CLASSES),
  restoresCoupons: z.boolean().optional(),
  unsubscriptionCase: z
    .enum(UNSUBSCRIPTION_CASES)
    .optional()
    .meta({ description: 'Of a refund: every case but `other` gives coupons back (FIN-62)' }),
  measuringPoints: z.number().int().min(0).max(8_928).optional(), // ORD-143: 288 a day, 31 days
  quantity: z.number().int().min(0).optional(),
  reservedHours: amount.optional(),
  unsubscriptionReason: text.optional(),
  pricingUnit: text.optional(),
  conversionFactor: amount.refine((factor) => factor > 0n, 'must be above 0').optional(),
  spentFrom: time.optional(),
  spentTo: time.optional(),
  linearSize: amount.optional(),
  originalRecordId: text.optional(),
  source: z.enum(['platform', 'marketplace']).default('platform'),
  serviceProvider: text.optional(),
  payment: z
    .strictObject({ discount: amount, cashPayments: amount, couponsUsed: amount, monthlySettlement: amount })
    .optional(),
});

export type ChargeForm = z.output<typeof chargeForm>;

export type ParsedCharge =
  | { readonly ok: true; readonly form: ChargeForm }
  | { readonly ok: false; readonly reasons: readonly FieldError[] };

/** Reads one delivered record; every bad field is named by a JSON pointer into it. */
export function parseCharge(raw: unknown): ParsedCharge {
  const parsed = chargeForm.safeParse(raw);
  if (!parsed.success) return { ok: false, reasons: parsed.error.issues.flatMap(toReasons) };
  const reasons = contradictions(parsed.data);
  return reasons.length > 0 ? { ok: false, reasons } : { ok: true, form: parsed.data };
}

/** FIN-09: an order counts by its payment, usage by the end of its consumption. A savings plan is bought once and used hourly. */
export function isOrder({ billingMode, orderType }: Pick<ChargeForm, 'billingMode' | 'orderType'>): boolean {
  if (billingMode === 'savings-plan') return orderType !== undefined;
  return billingMode === 'yearly-monthly' || billingMode === 'reserved-instance-upfront';
}

/** Column 42, FIN-61, FIN-62: are coupons given back with this refund? */
export function restoresCoupons(charge: Pick<Charge, 'unsubscriptionCase' | 'restoresCoupons'>): boolean {
  const { unsubscriptionCase } = charge;
  return unsubscriptionCase === undefined ? charge.restoresCoupons === true : unsubscriptionCase !== 'other';
}

function contradictions(form: ChargeForm): FieldError[] {
  return [
    ...customerContradictions(form),
    ...timeContradictions(form),
    ...refundContradictions(form),
    ...amountContradictions(form),
  ];
}

function refundContradictions(form: ChargeForm): FieldError[] {
  const { billType, unsubscriptionCase } = form;
  if (unsubscriptionCase === undefined) return [];
  if (billType !== 'refund') return [{ pointer: '/unsubscriptionCase', detail: 'only a refund has one' }];
  if (form.restoresCoupons === undefined || form.restoresCoupons === restoresCoupons(form)) return [];
  return [{ pointer: '/restoresCoupons', detail: 'contradicts the unsubscription case (FIN-62)' }];
}

function customerContradictions({ customerId, accountId }: ChargeForm): FieldError[] {
  if ((customerId === undefined) !== (accountId === undefined)) return [];
  return [{ pointer: '/customerId', detail: 'name the customer by either customerId or accountId' }];
}

function timeContradictions(form: ChargeForm): FieldError[] {
  const { spentFrom, spentTo, transactionTime, billType } = form;
  if ((spentFrom === undefined) !== (spentTo === undefined)) {
    return [{ pointer: '/spentTo', detail: 'spentFrom and spentTo come together' }];
  }
  if (spentFrom !== undefined && spentTo !== undefined && spentFrom >= spentTo) {
    return [{ pointer: '/spentTo', detail: 'must be later than spentFrom' }];
  }
  if (isOrder(form)) {
    return transactionTime === undefined
      ? [{ pointer: '/transactionTime', detail: 'an order needs its payment time' }]
      : [];
  }
  if (spentTo !== undefined) return [];
  if (billType === 'expenditure') return [{ pointer: '/spentTo', detail: 'usage needs its interval of consumption' }];
  return transactionTime === undefined
    ? [{ pointer: '/transactionTime', detail: 'a charge without an interval of consumption needs its time' }]
    : [];
}

function amountContradictions({ billType, listPrice, payment }: ChargeForm): FieldError[] {
  const reasons: FieldError[] = [];
  if (billType === 'expenditure' && listPrice < 0n) {
    reasons.push({ pointer: '/listPrice', detail: 'an expenditure is not negative; deliver a refund' });
  }
  if (billType === 'refund' && listPrice > 0n)
    reasons.push({ pointer: '/listPrice', detail: 'a refund is not positive' }); // ORD-135
  if (payment) {
    const paid = payment.cashPayments + payment.couponsUsed + payment.monthlySettlement;
    const due = listPrice - payment.discount;
    if (due !== paid) {
      const detail = 'list price − discount must equal cash payments + coupons used + monthly settlement';
      reasons.push({ pointer: '/payment', detail }); // ORD-132
    }
  }
  return reasons;
}

function toReasons(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: pointerTo([...issue.path, key]), detail: 'there is no such field' }));
  }
  return [{ pointer: pointerTo(issue.path), detail: issue.message }];
}

const pointerTo = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
