import { getItem, getItems, type Item, type Key, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Bill } from './bill.ts';
import { toTerms } from './partner-run-store.ts';

const key = (partnerId: string, cycle: BillingMonth): Key => ({ pk: `BILLS#${partnerId}`, sk: `BILL#${cycle}` });

/** At most one bill per partner and cycle (FIN-15), never changed (FIN-14). */
export const putBill = (bill: Bill): Write => ({
  table: 'billing',
  put: { ...key(bill.partnerId, bill.cycle), ...bill },
  condition: 'attribute_not_exists(pk)',
});

export async function loadBill(partnerId: string, cycle: BillingMonth): Promise<Bill | undefined> {
  const item = await getItem('billing', key(partnerId, cycle));
  return item && toBill(item);
}

export async function loadBills(wanted: readonly Pick<Bill, 'partnerId' | 'cycle'>[]): Promise<Bill[]> {
  const items = await getItems(
    'billing',
    wanted.map(({ partnerId, cycle }) => key(partnerId, cycle)),
  );
  return items.map(toBill);
}

/** A partner's bills, the newest cycle first; inside `range` only, if one is named. */
export async function listBills(
  partnerId: string,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
  range?: { readonly from: BillingMonth; readonly to: BillingMonth },
): Promise<{ bills: Bill[]; nextKey?: Record<string, unknown> }> {
  const { pk, sk: first } = key(partnerId, range?.from ?? ('0000-00' as BillingMonth));
  const { sk: last } = key(partnerId, range?.to ?? ('9999-99' as BillingMonth));
  const answer = await queryPage({ table: 'billing', pk, sk: { between: [first, last] }, newestFirst: true, ...page });
  return { bills: answer.items.map(toBill), nextKey: answer.nextKey };
}

const AMOUNTS = [
  'exchangeRate',
  'expenditures',
  'refunds',
  'adjustments',
  'couponsUsed',
  'taxExclusiveDue',
  'tax',
  'billAmountExact',
  'amountDue',
  'amountDuePayment',
  'credit',
] as const;

function toBill(item: Item): Bill {
  const { pk: _pk, sk: _sk, ...bill } = item;
  for (const field of AMOUNTS) bill[field] = loadMoney(bill[field]);
  const tax = Object.entries(bill.taxByComponent as Item).map(([code, amount]) => [code, loadMoney(amount)]);
  const terms = toTerms(bill.terms as Parameters<typeof toTerms>[0]);
  return { ...bill, terms, taxByComponent: Object.fromEntries(tax) } as unknown as Bill;
}
