import { getItem, type Item, type Key, queryAll } from '#lib/shared/dynamodb.ts';
import { loadMoney } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Frozen, FrozenCustomer } from './frozen.ts';
import { type Position, START } from './position.ts';
import { NO_LINES, type Totals } from './totals.ts';

/** Customers of a bill that are settled together, in slices that each commit their lines with the position behind them. */
export interface Part {
  readonly cycle: BillingMonth;
  readonly partnerId: string;
  /** Of the bill; a bill that is made anew has parts of its own. */
  readonly revision: number;
  readonly part: number;
  readonly customers: readonly FrozenCustomer[];
  /** `clearing`: what was read did not add up; its pages go before it starts again. */
  readonly state: 'open' | 'clearing' | 'done';
  /** Coupons know of its lines; it can be settled when they have been over all lines of the bill. */
  readonly collected?: boolean;
  readonly position: Position;
  readonly totals: Totals;
  /** How often it started again. */
  readonly restarts: number;
  readonly version: number;
}

type OfBill = Pick<Part, 'cycle' | 'partnerId' | 'revision'>;

const partition = ({ cycle, partnerId, revision }: OfBill): string =>
  `PARTS#${cycle}#${partnerId}${revision > 1 ? `#${revision}` : ''}`;
const key = (part: OfBill & Pick<Part, 'part'>): Key => ({
  pk: partition(part),
  sk: `PART#${String(part.part).padStart(6, '0')}`,
});

export const putPart = (part: OfBill & Pick<Part, 'part' | 'customers'>): Write => ({
  table: 'billing',
  put: { ...key(part), ...part, state: 'open', position: START, totals: NO_LINES, restarts: 0, version: 1 },
  condition: 'attribute_not_exists(pk)',
});

/** Replaces a part under its version: of two invocations on one part, one goes on and the other has done nothing. */
export const movePart = (before: Part, change: Partial<Part>): Write => ({
  table: 'billing',
  put: { ...key(before), ...before, ...change, version: before.version + 1 },
  condition: 'version = :seen',
  values: { ':seen': before.version },
});

/** Joined to the removal of pages: nobody else has moved the part. */
export const partUnchanged = (part: Part): Write => ({
  table: 'billing',
  check: key(part),
  condition: 'version = :seen',
  values: { ':seen': part.version },
});

export async function loadPart(part: OfBill & Pick<Part, 'part'>): Promise<Part | undefined> {
  const item = await getItem('billing', key(part));
  return item && toPart(item);
}

/** State and sums of all parts of a partner, without their customers. */
export async function* listParts(run: OfBill): AsyncGenerator<Pick<Part, 'part' | 'state' | 'totals'>> {
  const attributes = ['part', 'state', 'totals'];
  for await (const item of queryAll({
    table: 'billing',
    pk: partition(run),
    sk: { beginsWith: 'PART#' },
    attributes,
  })) {
    yield { part: Number(item.part), state: item.state as Part['state'], totals: toTotals(item.totals) };
  }
}

function toPart(item: Item): Part {
  const { pk: _pk, sk: _sk, ...part } = item;
  const position = part.position as Position;
  return {
    ...(part as unknown as Part),
    revision: Number(part.revision ?? 1),
    customers: (part.customers as FrozenCustomer[]).map(toFrozenCustomer),
    position: { ...position, read: toFrozen(position.read) },
    totals: toTotals(part.totals),
  };
}

export const toFrozen = (stored: Frozen): Frozen => ({
  count: Number(stored.count),
  expenditure: loadMoney(stored.expenditure),
  refund: loadMoney(stored.refund),
  adjustment: loadMoney(stored.adjustment),
});

const toFrozenCustomer = (stored: FrozenCustomer): FrozenCustomer => ({
  customerId: stored.customerId,
  ...toFrozen(stored),
});

export function toTotals(stored: unknown): Totals {
  const totals = stored as Totals;
  const tax = Object.entries(totals.taxByComponent).map(([code, amount]) => [code, loadMoney(amount)]);
  return {
    ...toFrozen(totals),
    couponsUsed: loadMoney(totals.couponsUsed),
    couponsUsedCash: loadMoney(totals.couponsUsedCash),
    couponsUsedTest: loadMoney(totals.couponsUsedTest),
    taxByComponent: Object.fromEntries(tax),
    due: loadMoney(totals.due),
    withheld: loadMoney(totals.withheld),
  };
}
