import { add, type Money, sum, ZERO } from '#lib/shared/money.ts';

export interface CustomerFigures {
  readonly customerId: string;
  readonly couponsUsed: Money;
  readonly estimatedAmountDue: Money;
}

export interface Figures {
  readonly couponsUsed: Money;
  readonly estimatedAmountDue: Money;
  readonly customerCount: number;
  /** Those that a mail has room for. */
  readonly largest: readonly CustomerFigures[];
}

/** FIN-139: per customer what coupons paid and what is expected; the largest first, those with coupon usage before all others. */
export function figuresOf(
  usages: readonly ReadonlyMap<string, Money>[],
  estimates: ReadonlyMap<string, Money>,
  room: number,
): Figures {
  const used = new Map<string, Money>();
  for (const [customerId, amount] of usages.flatMap((usage) => [...usage])) {
    used.set(customerId, add(used.get(customerId) ?? ZERO, amount));
  }
  const customers = [...new Set([...used.keys(), ...estimates.keys()])].map((customerId) => ({
    customerId,
    couponsUsed: used.get(customerId) ?? ZERO,
    estimatedAmountDue: estimates.get(customerId) ?? ZERO,
  }));
  return {
    couponsUsed: sum(customers.map(({ couponsUsed }) => couponsUsed)),
    estimatedAmountDue: sum(customers.map(({ estimatedAmountDue }) => estimatedAmountDue)),
    customerCount: customers.length,
    largest: customers.sort(byAmount).slice(0, room),
  };
}

const byAmount = (a: CustomerFigures, b: CustomerFigures): number =>
  compare(b.couponsUsed, a.couponsUsed) ||
  compare(b.estimatedAmountDue, a.estimatedAmountDue) ||
  (a.customerId < b.customerId ? -1 : 1);

const compare = (a: bigint, b: bigint): number => Number(a > b) - Number(a < b);
