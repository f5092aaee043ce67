import * as z from 'zod';
import { Refusal } from '#lib/shared/errors.ts';
import { ZERO } from '#lib/shared/money.ts';
import {
  type BillingMonth,
  billingMonthOf,
  billingMonthText,
  type Instant,
  isBillingMonth,
  monthPlus,
} from '#lib/shared/time.ts';
import { expenditureErrors } from './errors.ts';
import { BILL_TYPES, BILLING_MODES, type ExpenditureRecord } from './record.ts';
import { amountDueOf } from './view-amount.ts';

const HORIZON_MONTHS = 18;
const exact = z.string().min(1).max(1_024).optional();

export const cycleQuery = billingMonthText.transform((text): BillingMonth => {
  if (!isBillingMonth(text)) throw new TypeError('the schema lets only months pass');
  return text;
});

export const associationTypeFilter = z.enum(['reseller', 'referral']).optional();

/** Filters of the details; all compare exactly (ORD-161). */
export const detailFilter = {
  orderId: exact.meta({ description: 'Order of a purchase, transaction of a usage charge' }),
  resourceId: exact,
  productType: exact,
  associationType: associationTypeFilter,
  billingMode: z.enum(BILLING_MODES).optional(),
  billType: z.enum(BILL_TYPES).optional(),
  region: exact.meta({ description: 'Name or code' }),
  hideZero: z.stringbool().default(false).meta({ description: 'Drops records whose amount due is exactly zero' }),
};
export type DetailFilter = z.output<z.ZodObject<typeof detailFilter>>;

export function matches(record: ExpenditureRecord, { hideZero, region, ...exactly }: DetailFilter): boolean {
  if (hideZero && amountDueOf(record) === ZERO) return false; // ORD-166
  if (region !== undefined && region !== record.region && region !== record.regionCode) return false;
  const { orderId, resourceId, productType, associationType, billingMode, billType } = record;
  const own: Record<string, string | undefined> = {
    orderId,
    resourceId,
    productType,
    associationType,
    billingMode,
    billType,
  };
  return Object.entries(exactly).every(([name, wanted]) => wanted === undefined || wanted === own[name]);
}

/** ORD-165: the oldest cycle is the current month minus 18. @throws Refusal CONTACT_ECOSYSTEM_MANAGER */
export function requireWithinHorizon(cycle: BillingMonth, now: Instant): void {
  const oldestCycle = monthPlus(billingMonthOf(now), -HORIZON_MONTHS);
  if (cycle < oldestCycle) throw new Refusal(expenditureErrors.CONTACT_ECOSYSTEM_MANAGER, { oldestCycle });
}
