import type * as z from 'zod';
import { testCouponsReported } from '#events/coupons.ts';
import { estimatesByCustomer } from '#lib/billing/index.ts';
import { COUPON_CURRENCY, loadCoupons, loadNotification, noteTold, usageByCustomer } from '#lib/coupons/index.ts';
import { loadCustomers } from '#lib/customers/index.ts';
import { loadPartner } from '#lib/partners/index.ts';
import { exactText } from '#lib/shared/money.ts';
import { event } from '#lib/shared/outbox.ts';
import { type BillingMonth, type Instant, previousMonth } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { inZone } from '#lib/shared/zone.ts';
import { type Figures, figuresOf } from './figures.ts';
import type { reportMessage } from './plan-reports.ts';
import { wasAvailableIn } from './report-day.ts';

/** Customers that a mail names. */
const ROOM = 20;

/**
 * FIN-139, FIN-141: tells a partner what its test coupons paid for on the bill that was issued this month, and what the running month comes
 * to so far; once per date, not while the notification is off, and only with a test coupon in this month.
 */
export async function reportTestCoupons({ partnerId, sendAfter }: z.output<typeof reportMessage>, now: Instant) {
  const [partner, notification, coupons] = await Promise.all([
    loadPartner(partnerId),
    loadNotification(partnerId),
    loadCoupons(partnerId),
  ]);
  if (!partner || !notification.enabled) return;
  const { date } = inZone(sendAfter, partner.timeZone);
  const month = date.slice(0, 7) as BillingMonth;
  const tests = coupons.filter(({ kind }) => kind === 'test');
  if (!tests.some((coupon) => wasAvailableIn(coupon, month))) return;
  const [usages, estimates] = await Promise.all([
    Promise.all(tests.map(({ couponId }) => usageByCustomer(couponId, previousMonth(month)))),
    estimatesByCustomer(partnerId, month),
  ]);
  const detail = await detailOf({ partnerId, month, sendAfter }, figuresOf(usages, estimates, ROOM));
  try {
    await transact({ writes: [noteTold(partnerId, date, now)], events: [event(testCouponsReported, detail, now)] });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // told already
  }
}

async function detailOf(
  of: { readonly partnerId: string; readonly month: string; readonly sendAfter: string },
  { couponsUsed, estimatedAmountDue, customerCount, largest }: Figures,
): Promise<z.input<typeof testCouponsReported.detail>> {
  const customers = await loadCustomers(largest.map(({ customerId }) => customerId));
  const names = new Map(customers.map(({ customerId, accountName }) => [customerId, accountName]));
  return {
    ...of,
    currency: COUPON_CURRENCY,
    couponsUsed: exactText(couponsUsed),
    estimatedAmountDue: exactText(estimatedAmountDue),
    customerCount,
    customers: largest.map((each) => ({
      customerId: each.customerId,
      accountName: names.get(each.customerId) ?? each.customerId,
      couponsUsed: exactText(each.couponsUsed),
      estimatedAmountDue: exactText(each.estimatedAmountDue),
    })),
  };
}
