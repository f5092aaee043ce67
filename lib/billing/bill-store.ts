import { getItem, getItems, type Item, type Key, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney } from '#lib/shared/money.ts';
import { shardOf } from '#lib/shared/shards.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Bill } from './bill.ts';
import { type BillName, billIdOf, parseBillId } from './bill-id.ts';
import { type Debt, debtOf, type IssuedBill } from './debt.ts';
import { toTerms } from './partner-run-store.ts';

const partition = (partnerId: string): string => `BILLS#${partnerId}`;
const key = (partnerId: string, cycle: BillingMonth): Key => ({ pk: partition(partnerId), sk: `BILL#${cycle}` });
const VOIDED = 'VOIDED#';
const voidedKey = ({ partnerId, cycle, revision }: BillName): Key => ({
  pk: partition(partnerId),
  sk: `${VOIDED}${cycle}#${String(revision).padStart(4, '0')}`,
});
/** Where a bill lies: as the valid one of its cycle, or for ever beside it. */
function placeOf({ partnerId, cycle, billId, debt }: IssuedBill): Key {
  const named = debt.status === 'voided' ? parseBillId(billId) : undefined;
  return named ? voidedKey(named) : key(partnerId, cycle);
}

/** At most one bill per partner and cycle (FIN-15), never changed (FIN-14). */
export const putBill = (bill: Bill): Write => ({
  table: 'billing',
  put: { ...key(bill.partnerId, bill.cycle), ...bill, debt: debtOf(bill), ...whileOpen(bill, debtOf(bill)) },
  condition: 'attribute_not_exists(pk)',
});

/** Joined to what refers to a bill: it is still the one of its cycle. */
export const billStands = ({ partnerId, cycle, billId }: Pick<Bill, 'partnerId' | 'cycle' | 'billId'>): Write => ({
  table: 'billing',
  check: key(partnerId, cycle),
  condition: 'billId = :billId',
  values: { ':billId': billId },
});

/** A bill that takes lines of this one back is being made. */
export const refundedOn = ({ partnerId, cycle, billId }: IssuedBill, refundingBillId: string): Write => ({
  table: 'billing',
  update: key(partnerId, cycle),
  set: 'ADD refundedOn :refunding',
  condition: 'billId = :billId',
  values: { ':refunding': new Set([refundingBillId]), ':billId': billId },
});

/** A voided bill takes nothing back any more: those that it had to do with can be voided. */
export async function letGoOfOriginals(partnerId: string, refundingBillId: string): Promise<Write[]> {
  const filter = { expression: 'contains(refundedOn, :refunding)', values: { ':refunding': refundingBillId } };
  const query = { table: 'billing', pk: partition(partnerId), sk: { beginsWith: 'BILL#' }, filter } as const;
  const writes: Write[] = [];
  for await (const { pk, sk } of queryAll({ ...query, attributes: ['pk', 'sk'] })) {
    writes.push({
      table: 'billing',
      update: { pk: String(pk), sk: String(sk) },
      set: 'DELETE refundedOn :refunding',
      condition: 'attribute_exists(pk)',
      values: { ':refunding': new Set([refundingBillId]) },
    });
  }
  return writes;
}

/** Parts of the list of unpaid bills. */
export const DUE_SHARDS = 8;
const dueList = (shard: number): string => `DUE#${shard}`;

/** Bills that somebody still has to pay are listed by due time, spread by partner. */
const whileOpen = ({ partnerId, billId, dueAt }: Bill, { outstanding }: Debt) =>
  outstanding > 0n ? { listKey: dueList(shardOf(partnerId, DUE_SHARDS)), listSort: `${dueAt}#${billId}` } : {};

/** Changes what became of a bill, under the version that it was decided on. */
export function moveDebt(bill: IssuedBill, after: Debt): Write {
  const { listKey, listSort } = whileOpen(bill, after);
  return {
    table: 'billing',
    update: placeOf(bill),
    set: listKey ? 'SET debt = :debt, listKey = :key, listSort = :sort' : 'SET debt = :debt REMOVE listKey, listSort',
    condition: 'debt.version = :seen AND billId = :billId',
    values: {
      ':debt': { ...after, version: bill.debt.version + 1 },
      ':seen': bill.debt.version,
      ':billId': bill.billId,
      ...(listKey ? { ':key': listKey, ':sort': listSort } : {}),
    },
  };
}

/** A partner's bills with something outstanding, the oldest cycle first, as of this instant. */
export async function openBills(partnerId: string): Promise<IssuedBill[]> {
  const bills: IssuedBill[] = [];
  const filter = { expression: 'debt.outstanding > :nothing', values: { ':nothing': 0 } };
  for await (const item of queryAll({
    table: 'billing',
    pk: partition(partnerId),
    sk: { beginsWith: 'BILL#' },
    filter,
  })) {
    bills.push(toBill(item));
  }
  return bills;
}

/** Bills with something outstanding that are due until `to`, of one of the shards. */
export async function listDue(
  shard: number,
  { from, to }: { readonly from: string; readonly to: string },
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ bills: IssuedBill[]; nextKey?: Record<string, unknown> }> {
  const index = { index: 'byList', keys: { pk: 'listKey', sk: 'listSort' } } as const;
  const range = { pk: dueList(shard), sk: { between: [from, `${to}~`] } } as const;
  const answer = await queryPage({ table: 'billing', ...index, ...range, ...page });
  return { bills: answer.items.map(toBill), nextKey: answer.nextKey };
}

/** The valid bill of a cycle; with a revision that very one, be it valid or voided. */
export async function loadBill(
  partnerId: string,
  cycle: BillingMonth,
  revision?: number,
): Promise<IssuedBill | undefined> {
  const item = await getItem('billing', key(partnerId, cycle));
  if (revision === undefined || item?.billId === billIdOf(partnerId, cycle, revision)) return item && toBill(item);
  const voided = await getItem('billing', voidedKey({ partnerId, cycle, revision }));
  return voided && toBill(voided);
}

/**
 * The bill leaves the place of the valid one and stays readable beside it, unchanged but for what became of its debt; nothing is
 * outstanding of it any more. A payment in the same moment fails, or makes this fail (ConditionFailed).
 */
export function voidWrites(bill: IssuedBill, debt: Debt, name: BillName): Write[] {
  return [
    {
      table: 'billing',
      remove: key(bill.partnerId, bill.cycle),
      condition: 'debt.version = :seen AND billId = :billId AND attribute_not_exists(refundedOn)',
      values: { ':seen': bill.debt.version, ':billId': bill.billId },
    },
    {
      table: 'billing',
      put: { ...voidedKey(name), ...bill, debt: { ...debt, version: bill.debt.version + 1 } },
      condition: 'attribute_not_exists(pk)',
    },
  ];
}

export async function loadBills(wanted: readonly Pick<Bill, 'partnerId' | 'cycle'>[]): Promise<IssuedBill[]> {
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
): Promise<{ bills: IssuedBill[]; nextKey?: Record<string, unknown> }> {
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
  'couponsUsedCash',
  'couponsUsedTest',
  'taxExclusiveDue',
  'tax',
  'billAmountExact',
  'amountDue',
  'amountDuePayment',
  'credit',
  'withheld',
] as const;

function toBill(item: Item): IssuedBill {
  const { pk: _pk, sk: _sk, listKey: _listKey, listSort: _listSort, ...bill } = item;
  for (const field of AMOUNTS) bill[field] = loadMoney(bill[field]);
  const tax = Object.entries(bill.taxByComponent as Item).map(([code, amount]) => [code, loadMoney(amount)]);
  const terms = toTerms(bill.terms as Parameters<typeof toTerms>[0]);
  const refunding = bill.refundedOn ? [...(bill.refundedOn as Set<string>)].sort() : undefined;
  return {
    ...bill,
    terms,
    taxByComponent: Object.fromEntries(tax),
    debt: toDebt(bill.debt),
    refundedOn: refunding,
  } as unknown as IssuedBill;
}

const DEBTS = ['paidAmount', 'writtenOffAmount', 'whtAmount', 'whtPending', 'outstanding'] as const;

function toDebt(stored: unknown): Debt {
  const debt = { ...(stored as Item) };
  for (const field of DEBTS) debt[field] = loadMoney(debt[field]);
  return debt as unknown as Debt;
}
