import { add, type Money, ZERO } from '#lib/shared/money.ts';

/** What was used: at list price, and of each product in its unit. */
export interface Usage {
  readonly amount: Money;
  /** By `productKey` of product type code and unit. */
  readonly products: ReadonlyMap<string, Money>;
}

export const NO_USAGE: Usage = { amount: ZERO, products: new Map() };

export function addUsage(a: Usage, b: Usage): Usage {
  const products = new Map(a.products);
  for (const [key, used] of b.products) products.set(key, add(products.get(key) ?? ZERO, used));
  return { amount: add(a.amount, b.amount), products };
}
