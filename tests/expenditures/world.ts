import { loadMonth, recordsPage } from '#lib/expenditures/index.ts';
import { exactText } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { aCustomer, clock, type TestCustomer, type TestPartner } from '../support/index.ts';

/** Does something at another time and comes back. */
export async function at<T>(time: string, work: () => Promise<T>): Promise<T> {
  const now = clock.now();
  clock.set(time);
  const result = await work();
  clock.set(now);
  return result;
}

/** A customer that is associated since the beginning of June 2024. */
export const aLongCustomer = (wish: Parameters<typeof aCustomer>[0]): Promise<TestCustomer> =>
  at('2024-06-01T00:00:00+08:00', () => aCustomer(wish));

type Whose = { readonly partner: TestPartner; readonly customer: Pick<TestCustomer, 'customerId'> };

/** A customer's month in decimal texts; `undefined` when nothing moved it. */
export async function monthOf({ partner, customer }: Whose, month = '2024-09') {
  const found = await loadMonth(partner.partnerId, customer.customerId, month as BillingMonth);
  if (!found) return undefined;
  const { usage, expenditure, refund, adjustment, count, closedAt } = found;
  return {
    usage: exactText(usage),
    expenditure: exactText(expenditure),
    refund: exactText(refund),
    adjustment: exactText(adjustment),
    count,
    closed: closedAt !== undefined,
  };
}

/** Ids of the records that the index shows on the bill of a cycle. */
export async function recordIdsOn({ partner, customer }: Whose, cycle: string): Promise<string[]> {
  const ids: string[] = [];
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await recordsPage({
      partnerId: partner.partnerId,
      customerId: customer.customerId,
      cycle: cycle as BillingMonth,
      limit: 100,
      startKey,
    });
    ids.push(...page.records.map(({ recordId }) => recordId));
    startKey = page.nextKey;
  } while (startKey);
  return ids;
}
