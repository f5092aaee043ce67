import { isDeepStrictEqual } from 'node:util';
import { readBudgets } from '#lib/budgets/index.ts';
import { type CustomerRank, loadCustomer, loadRank, replaceRank } from '#lib/customers/index.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { billingMonthOf, type Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { type RankWish, rankOf } from './rank.ts';

/**
 * Brings a customer's places in the rankings up to what its owners say now. The rank is read before the facts and replaced under its
 * version, so that whoever comes last has the newest facts, in whatever order the messages came.
 */
export const rankCustomer = (customerId: string, now: Instant): Promise<void> =>
  redecide(async () => {
    const before = await loadRank(customerId);
    const after = (await presentRank(customerId, now)) ?? withoutPlaces(before);
    if (!after || (before && isSame(before, after))) return;
    await transact({ aside: true, writes: [replaceRank(before, after)] });
  });

async function presentRank(customerId: string, now: Instant): Promise<RankWish | undefined> {
  const customer = await loadCustomer(customerId, { consistent: true });
  if (!customer) return undefined;
  const standings = await readBudgets([customer], now);
  return rankOf(customer, standings.get(customerId), billingMonthOf(now));
}

/** The association has ended: the item stays, in no index. */
const withoutPlaces = (before: CustomerRank | undefined): RankWish | undefined =>
  before && { customerId: before.customerId, partnerId: before.partnerId, resellerId: before.resellerId };

const isSame = ({ version: _version, ...before }: CustomerRank, after: RankWish): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(before)), JSON.parse(JSON.stringify(after)));
