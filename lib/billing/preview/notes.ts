import { exactText, fixedText, type Money } from '#lib/shared/money.ts';
import type { Bill } from '../bill.ts';
import { regimeOf } from '../cycle.ts';
import type { Estimate } from '../estimate.ts';

export interface Note {
  readonly rule: string;
  readonly text: string;
}

/** What the rules make of the bill, as far as a person would ask. */
export function notesOf(bill: Bill): Note[] {
  const { terms, cycle, billAmountExact: exact } = bill;
  const taxes = terms.taxComponents.map(({ code, rate }) => `${code} ${exactText(rate, 0)}`).join(', ') || 'no tax';
  const notes: Note[] = [
    { rule: 'FIN-39', text: `${taxes}, by rule ${terms.taxRuleId} at the end of ${cycle}` },
    { rule: 'FIN-48', text: `payable in ${bill.paymentCurrency} at ${exactText(bill.exchangeRate, 4)}` },
    { rule: 'FIN-41', text: `${exactText(exact, 8)} rounds to ${fixedText(exact, 2)}` },
  ];
  if (regimeOf(cycle) !== 'exact-lines') {
    notes.push({ rule: 'FIN-43', text: 'pay-per-use lines are brought to 2 decimals one by one' });
  }
  if (bill.lineCount === 0) notes.push({ rule: 'FIN-16', text: 'without a line there is no bill' });
  if (exact !== 0n && bill.amountDue === 0n && bill.credit === 0n) {
    notes.push({ rule: 'FIN-46', text: 'rounds to 0.00: nothing to pay, nothing to give back' });
  }
  if (bill.credit > 0n) notes.push({ rule: 'FIN-45', text: `${exactText(bill.credit)} would be credited` });
  if (terms.couponsAsOf === undefined) notes.push({ rule: 'FIN-51', text: 'the partner never had a coupon' });
  if (bill.late) notes.push({ rule: 'FIN-20', text: 'would be flagged late' });
  return notes;
}

export interface Change {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

const FIGURES = [
  'expenditures',
  'refunds',
  'adjustments',
  'couponsUsed',
  'tax',
  'billAmountExact',
  'amountDue',
  'amountDuePayment',
] as const satisfies readonly (keyof Bill)[];

/** Against the issued bill; against the estimate its three sums, which it has before coupons and tax. */
export function differencesOf(bill: Bill, issued: Bill | undefined, estimate: Estimate | undefined): Change[] {
  if (issued) return changes(FIGURES.map((field) => [field, issued[field], bill[field]]));
  if (!estimate) return [];
  const { expenditure, refund, adjustment } = estimate.sums;
  return changes([
    ['expenditures', expenditure, bill.expenditures],
    ['refunds', refund, bill.refunds],
    ['adjustments', adjustment, bill.adjustments],
  ]);
}

const changes = (figures: readonly (readonly [string, Money, Money])[]): Change[] =>
  figures
    .filter(([, before, after]) => before !== after)
    .map(([field, before, after]) => ({ field, before: exactText(before), after: exactText(after) }));
