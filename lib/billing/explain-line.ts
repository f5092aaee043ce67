import { sumOfUses } from '#lib/coupons/index.ts';
import { type ExpenditureRecord, loadRecord } from '#lib/expenditures/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { canonicalJson } from '#lib/shared/ids.ts';
import type { Adjustment } from './adjustments/adjustment.ts';
import { loadAdjustment } from './adjustments/adjustment-store.ts';
import type { Bill } from './bill.ts';
import { loadBill } from './bill-store.ts';
import type { CommercialDiscount } from './discount.ts';
import { loadDiscount } from './discount-store.ts';
import { billingErrors } from './errors.ts';
import { amountsOf, type BillLine, type LineAmounts, recordIdOf } from './line.ts';
import { loadLine } from './line-page-store.ts';
import { type Original, type Settlement, settle } from './settlement.ts';
import { startSettling } from './settling.ts';
import type { NamedBill } from './whose.ts';

/** What stands behind a line, and the line computed anew from it. */
export interface Explanation {
  readonly bill: Bill;
  readonly line: BillLine;
  readonly record: ExpenditureRecord;
  readonly discount?: CommercialDiscount;
  /** Of a line that an operator posted. */
  readonly adjustment?: Adjustment;
  readonly original?: Original;
  readonly recomputed: { readonly settlement: Settlement; readonly amounts: LineAmounts };
  /** The recomputed settlement and amounts are those of the line. */
  readonly matches: boolean;
}

/** @throws Refusal BILL_NOT_ISSUED, LINE_NOT_FOUND */
export async function explainLine({ partnerId, cycle, revision }: NamedBill, lineId: string): Promise<Explanation> {
  const [bill, record] = await Promise.all([
    loadBill(partnerId, cycle, revision),
    loadRecord(recordIdOf(lineId) ?? ''),
  ]);
  if (!bill) throw new Refusal(billingErrors.BILL_NOT_ISSUED);
  const line = record?.partnerId === partnerId ? await loadLine(bill.billId, record) : undefined;
  if (!record || !line) throw new Refusal(billingErrors.LINE_NOT_FOUND);

  const { basis } = line.settlement;
  const [{ original, ...recomputed }, discount, adjustment] = await Promise.all([
    recompute(bill, line, record),
    basis.kind === 'no-discount' ? undefined : loadDiscount(basis.from.discountId),
    record.billType === 'adjustment' ? loadAdjustment({ partnerId, cycle, adjustmentId: record.recordId }) : undefined,
  ]);
  const { settlement, amounts } = line;
  const covered = sumOfUses(line.couponUsages ?? []) === amounts.couponsUsed;
  const matches = covered && canonicalJson({ settlement, amounts }) === canonicalJson(recomputed);
  return { bill, line, record, discount, adjustment, original, recomputed, matches };
}

/** The same functions as the run, on the record as it was delivered and the rules that the bill was agreed on. */
async function recompute({ terms, ...bill }: Bill, line: BillLine, record: ExpenditureRecord) {
  const { partnerId, cycle } = bill;
  const customers = { first: record.customerId, last: record.customerId };
  const rulesFor = await startSettling({ partnerId, cycle, discountVersion: terms.discountVersion, customers });
  const rules = await rulesFor([record]);
  const settlement = settle(record, rules);
  const amounts = amountsOf(settlement.amount, terms.taxComponents, line.amounts.couponsUsed);
  return { settlement, amounts, original: rules.originals.get(settlement.originalRecordId ?? '') };
}
