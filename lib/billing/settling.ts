import { type ExpenditureRecord, loadRecord } from '#lib/expenditures/index.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { type DiscountIndex, indexDiscounts } from './basis.ts';
import { regimeOf } from './cycle.ts';
import { listDiscountsFor } from './discount-store.ts';
import { billsAsTheyAre } from './original-bills.ts';
import { type Original, type SettlementRules, settleOriginal } from './settlement.ts';

export interface SettlingScope {
  readonly partnerId: string;
  readonly cycle: BillingMonth;
  /** Version of the discount book that all lines of a bill are settled by. */
  readonly discountVersion: number;
  readonly customers: { readonly first: string; readonly last: string };
}

/** The rules for a page of records: the discounts indexed once, the originals of its refunds looked up. */
export type RulesFor = (records: readonly ExpenditureRecord[]) => Promise<SettlementRules>;

export async function startSettling(
  scope: SettlingScope,
  originalBills = billsAsTheyAre(scope.partnerId),
): Promise<RulesFor> {
  const discounts = await listDiscountsFor(scope.partnerId, scope.customers);
  const byCycle = new Map<BillingMonth, DiscountIndex>([
    [scope.cycle, indexDiscounts(discounts, scope.discountVersion)],
  ]);
  const indexOf = async (cycle: BillingMonth): Promise<DiscountIndex> => {
    const known = byCycle.get(cycle);
    if (known) return known;
    const bill = await originalBills(cycle);
    const index = indexDiscounts(discounts, bill?.terms.discountVersion ?? scope.discountVersion);
    byCycle.set(cycle, index);
    return index;
  };
  const rules = { discounts: await indexOf(scope.cycle), regime: regimeOf(scope.cycle) };

  return async (records) => {
    const refunds = records.filter((record) => record.billType === 'refund' && record.originalRecordId !== undefined);
    const found = await Promise.all(refunds.map((refund) => originalOf(refund, indexOf)));
    const originals = found.flatMap((original) => (original ? [[original.charge.recordId, original] as const] : []));
    return { ...rules, originals: new Map(originals) };
  };
}

/** FIN-33: the charge that a refund takes back, settled by the discounts of the bill that it is on. */
async function originalOf(
  refund: ExpenditureRecord,
  indexOf: (cycle: BillingMonth) => Promise<DiscountIndex>,
): Promise<Original | undefined> {
  const charge = await loadRecord(refund.originalRecordId ?? '');
  const billedHere =
    charge?.partnerId === refund.partnerId &&
    charge.customerId === refund.customerId &&
    charge.associationType === 'reseller' &&
    charge.billType === 'expenditure';
  return billedHere ? settleOriginal(charge, await indexOf(charge.billingCycle)) : undefined;
}
