import { storeMoney } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { closedKey, monthKey, referralKey } from './month-store.ts';
import type { Movement } from './movement.ts';
import { productAttribute } from './product.ts';

/** Whose month moves, as the records say. */
export interface MonthOwner {
  readonly partnerId: string;
  readonly customerId: string;
  readonly resellerId?: string;
  /** The month of consumption. */
  readonly month: BillingMonth;
}

/** Where a group of charges is billed. */
export interface Place {
  /** Its own month, or the next open one when that is closed (FIN-14). */
  readonly cycle: BillingMonth;
  /** Nothing was billed to the customer in the cycle yet: its item is created, which a closed month must prevent. */
  readonly fresh: boolean;
}

type Amounts = Readonly<Record<string, bigint | number>>;

export interface MonthMove {
  readonly writes: readonly Write[];
  /** That the cycle was not closed; one for all customers of the partner. */
  readonly check?: Extract<Write, { check: unknown }>;
}

/** Moves usage counter and billing sums together, or not at all once the cycle is closed. */
export function moveMonth(owner: MonthOwner, place: Place, movement: Movement, now: Instant): MonthMove {
  const billed = billedAmounts(movement);
  const used = usedAmounts(movement);
  if (place.cycle === owner.month) return moveCycle(owner, place, { ...billed, ...used }, now);
  const { writes, check } = moveCycle(owner, place, billed, now);
  return { writes: Object.keys(used).length > 0 ? [...writes, moveLateUsage(owner, used, now)] : writes, check };
}

function moveCycle(owner: MonthOwner, { cycle, fresh }: Place, amounts: Amounts, now: Instant): MonthMove {
  const { partnerId, customerId } = owner;
  const update = monthKey(partnerId, customerId, cycle);
  if (!fresh) {
    const moved = expression({ set: { movedAt: now }, add: amounts });
    const condition = 'attribute_exists(pk) AND attribute_not_exists(closedAt)';
    return { writes: [{ table: 'expenditures', update, ...moved, condition }] };
  }
  const created = expression({ set: { ...owner, month: cycle, movedAt: now }, add: amounts });
  return {
    writes: [{ table: 'expenditures', update, ...created, condition: 'attribute_not_exists(closedAt)' }],
    check: { table: 'expenditures', check: closedKey(partnerId, cycle), condition: 'attribute_not_exists(pk)' },
  };
}

/** CUS-097: usage of a closed month still moves. An item that this creates is closed from the start, so nothing is ever billed on it. */
const moveLateUsage = (owner: MonthOwner, used: Amounts, now: Instant): Write => ({
  table: 'expenditures',
  update: monthKey(owner.partnerId, owner.customerId, owner.month),
  ...expression({ set: { ...owner, movedAt: now }, once: { closedAt: now }, add: used }),
});

/** ORD-131: referral records are shown, but neither counted nor billed; only the summary needs to know how many there are. */
export function moveReferralMonth(owner: MonthOwner, movement: Movement, now: Instant): Write {
  return {
    table: 'expenditures',
    update: referralKey(owner.partnerId, owner.customerId, owner.month),
    ...expression({ set: { ...owner, movedAt: now }, add: { count: movement.count, ...dayCounts(movement) } }),
  };
}

function billedAmounts({ count, sums, ...movement }: Movement): Amounts {
  const moved = Object.entries(sums).filter(([, amount]) => amount !== 0n);
  return {
    count,
    ...Object.fromEntries(moved.map(([billType, amount]) => [billType, storeMoney(amount)])),
    ...dayCounts(movement),
  };
}

/** What counts in the month of consumption, wherever it is billed (CUS-091, CUS-097). */
const usedAmounts = ({ usage, products, usageByDay, usageBySince }: Movement): Amounts => ({
  ...(usage === 0n ? {} : { usage: storeMoney(usage) }),
  ...Object.fromEntries([...usageByDay].map(([day, amount]) => [`u${day}`, storeMoney(amount)])),
  ...Object.fromEntries([...usageBySince].map(([since, amount]) => [`since${since}`, storeMoney(amount)])),
  ...Object.fromEntries(
    [...products]
      .filter(([, quantity]) => quantity !== 0n)
      .map(([product, quantity]) => [productAttribute(product), storeMoney(quantity)]),
  ),
});

const dayCounts = ({ days }: Pick<Movement, 'days'>): Amounts =>
  Object.fromEntries([...days].map(([day, count]) => [`d${day}`, count]));

/** `set` replaces, `once` sets what is not there yet, `add` adds to what is. */
function expression({ set, once = {}, add }: { set: object; once?: object; add: Amounts }) {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const terms = (fields: object, term: (name: string) => string): string[] =>
    Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => {
        const alias = aliasOf(name, Object.keys(names).length);
        names[`#${alias}`] = name;
        values[`:${alias}`] = value;
        return term(alias);
      });
  const sets = [
    ...terms(set, (name) => `#${name} = :${name}`),
    ...terms(once, (name) => `#${name} = if_not_exists(#${name}, :${name})`),
  ];
  const adds = terms(add, (name) => `#${name} :${name}`);
  return { set: `SET ${sets.join(', ')} ADD ${adds.join(', ')}`, names, values };
}

/** Names of products hold what no placeholder may. */
const aliasOf = (name: string, index: number): string => (/^\w+$/.test(name) ? name : `x${index}`);
