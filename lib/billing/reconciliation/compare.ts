import type { ExpenditureRecord } from '#lib/expenditures/index.ts';
import type { Leg } from '#lib/ledger/index.ts';
import { exactText, type Money, sum } from '#lib/shared/money.ts';
import type { Bill } from '../bill.ts';
import type { Frozen } from '../frozen.ts';
import { amountsOf, type BillLine, lineIdOf } from '../line.ts';
import type { TaxComponent } from '../tax.ts';
import { type Totals, taxOf } from '../totals.ts';
import type { Difference } from './difference.ts';

/** A record with what it settles to by the terms of its bill. */
export interface Expected {
  readonly record: ExpenditureRecord;
  readonly settlement: Money;
}

/** Records beside the lines of the same stretch of a bill. What coupons took of a line is taken from it, all else is computed anew. */
export function compareLines(
  expected: readonly Expected[],
  lines: readonly BillLine[],
  components: readonly TaxComponent[],
): Difference[] {
  const differences: Difference[] = [];
  const open = new Map<string, BillLine>();
  for (const line of lines) {
    const { recordId, customerId } = line.charge;
    if (open.has(recordId)) differences.push({ kind: 'line-twice', customerId, recordId, lineId: line.lineId });
    open.set(recordId, line);
  }
  for (const each of expected) {
    const { recordId, customerId } = each.record;
    const line = open.get(recordId);
    open.delete(recordId);
    if (line) differences.push(...compareLine(each, line, components));
    else differences.push({ kind: 'line-missing', customerId, recordId, lineId: lineIdOf(recordId) });
  }
  for (const { charge, lineId } of open.values()) {
    differences.push({ kind: 'record-missing', customerId: charge.customerId, recordId: charge.recordId, lineId });
  }
  return differences;
}

function compareLine(
  { record, settlement }: Expected,
  line: BillLine,
  components: readonly TaxComponent[],
): Difference[] {
  const { couponsUsed } = line.amounts;
  const right = amountsOf(settlement, components, couponsUsed);
  const { customerId, recordId } = record;
  return differing({ kind: 'line-differs', customerId, recordId, lineId: line.lineId }, [
    ['listPrice', record.listPrice, line.charge.listPrice],
    ['settlementAmount', settlement, line.settlement.amount],
    ['taxExclusiveDue', right.taxExclusiveDue, line.amounts.taxExclusiveDue],
    ['tax', right.tax.total, line.amounts.tax.total],
    ['due', right.due, line.amounts.due],
  ]);
}

/** What a customer's closed month counted, beside its records. */
export const compareMonth = (customerId: string, month: Frozen, read: Frozen): Difference[] =>
  differing({ kind: 'month-differs', customerId }, [
    ['count', month.count, read.count],
    ['expenditure', month.expenditure, read.expenditure],
    ['refund', month.refund, read.refund],
    ['adjustment', month.adjustment, read.adjustment],
  ]);

/** FIN-50: the sums of the lines, beside the header. */
export const compareHeader = (lines: Totals, bill: Bill): Difference[] =>
  differing({ kind: 'header-differs' }, [
    ['lineCount', lines.count, bill.lineCount],
    ['expenditures', lines.expenditure, bill.expenditures],
    ['refunds', lines.refund, bill.refunds],
    ['adjustments', lines.adjustment, bill.adjustments],
    ['couponsUsed', lines.couponsUsed, bill.couponsUsed],
    ['tax', taxOf(lines), bill.tax],
    ['billAmountExact', lines.due, bill.billAmountExact],
  ]);

/** The legs that the header stands for, beside those that were posted with it. */
export function compareLegs(right: readonly Leg[], posted: readonly Leg[] | undefined): Difference[] {
  if (!posted) return [{ kind: 'posting-missing', field: 'bill.issued' }];
  const places = new Set([...right, ...posted].map(nameOf));
  return differing(
    { kind: 'ledger-differs' },
    [...places].map((place) => [place, amountAt(right, place), amountAt(posted, place)]),
  );
}

/** What coupons paid according to the ledger, beside the header: step by step the same as the issue took. */
export const compareCoupons = (bill: Bill, applied: Money): Difference[] =>
  differing({ kind: 'ledger-differs' }, [['coupons-applied', bill.couponsUsed, applied]]);

const nameOf = ({ account, currency }: Leg): string => `${account}@${currency}`;
const amountAt = (legs: readonly Leg[], place: string): Money =>
  sum(legs.filter((leg) => nameOf(leg) === place).map(({ amount }) => amount));

type Figure = readonly [field: string, expected: Money | number, found: Money | number];

const differing = (difference: Difference, figures: readonly Figure[]): Difference[] =>
  figures
    .filter(([, expected, found]) => expected !== found)
    .map(([field, expected, found]) => ({ ...difference, field, expected: text(expected), found: text(found) }));

const text = (figure: Money | number): string => (typeof figure === 'number' ? String(figure) : exactText(figure));
