import { add, type Money } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { listCustomerSums } from './estimate-store.ts';

/** What each customer adds to a partner's estimate so far: settlement, without tax and coupons (FIN-65). */
export async function estimatesByCustomer(partnerId: string, cycle: BillingMonth): Promise<Map<string, Money>> {
  const estimates = new Map<string, Money>();
  for await (const { customerId, sums } of listCustomerSums({ partnerId, cycle })) {
    estimates.set(customerId, add(add(sums.expenditure, sums.refund), sums.adjustment));
  }
  return estimates;
}
