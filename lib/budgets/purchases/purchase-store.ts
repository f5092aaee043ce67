import { getItem, getItems, type Item, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney, type Money, storeMoney } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { isOpen, type Purchase } from './purchase.ts';

type Owner = Pick<Purchase, 'partnerId' | 'customerId'>;
type Named = Owner & Pick<Purchase, 'purchaseId'>;

const partition = ({ partnerId, customerId }: Owner): string => `PURCHASES#${partnerId}#${customerId}`;
const holdsKey = (owner: Owner) => ({ pk: partition(owner), sk: 'HOLDS' });
/** Open and ended ones lie apart, so that those that hold something are one short range. */
const openKey = (named: Named) => ({ pk: partition(named), sk: `OPEN#${named.purchaseId}` });
const endedKey = (named: Named) => ({ pk: partition(named), sk: `ENDED#${named.purchaseId}` });

export const DUE_SHARDS = 8;
const dueKey = (shard: number): string => `PURCHASE#${shard}`;
const shardOf = (customerId: string): number => customerId.charCodeAt(customerId.length - 1) % DUE_SHARDS;

/** The sum of what open purchases hold. Never less than the live ones do: an end by time is subtracted when it is stored. */
export async function loadHeld(owner: Owner): Promise<Money> {
  return loadMoney((await getItem('budgets', holdsKey(owner)))?.held);
}

/** `undefined`: never reserved. */
export async function loadPurchase(named: Named): Promise<Purchase | undefined> {
  const items = await getItems('budgets', [openKey(named), endedKey(named)]);
  // Where an end came between the two reads, it is the truth.
  const ended = items.find(({ sk }) => sk === endedKey(named).sk);
  const item = ended ?? items[0];
  return item && toPurchase(item);
}

/** What of a customer is stored as holding an amount and may hold none any more: what is due, and what waits for its record. */
export async function listMaybeEnded(owner: Owner, now: Instant): Promise<Purchase[]> {
  const purchases: Purchase[] = [];
  const filter = {
    expression: '#until <= :now OR #status = :settled',
    names: { '#until': 'until', '#status': 'status' },
    values: { ':now': now, ':settled': 'settled' },
  };
  const query = { table: 'budgets', pk: partition(owner), sk: { beginsWith: 'OPEN#' }, filter } as const;
  for await (const item of queryAll(query)) purchases.push(toPurchase(item));
  return purchases;
}

export interface DuePage {
  readonly purchases: readonly Purchase[];
  readonly nextKey?: Record<string, unknown>;
}

/** Open purchases that hold nothing any more at `now`, of all customers. The index lags. */
export async function listDue(
  shard: number,
  now: Instant,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<DuePage> {
  const answer = await queryPage({
    table: 'budgets',
    index: 'byDue',
    keys: { pk: 'dueKey', sk: 'dueSort' },
    pk: dueKey(shard),
    sk: { between: ['0', `${now}#~`] },
    ...page,
  });
  return { purchases: answer.items.map(toPurchase), nextKey: answer.nextKey };
}

/** Takes an amount of the budget only while at most `most` is held already (ConditionFailed). */
export const takeHold = (owner: Owner, amount: Money, most: Money): Write => ({
  table: 'budgets',
  update: holdsKey(owner),
  set: 'ADD held :amount',
  condition: 'attribute_not_exists(held) OR held <= :most',
  values: { ':amount': storeMoney(amount), ':most': storeMoney(most) },
});

/** Gives back; what is given back was held, which the purchase's own condition in the same transaction says. */
export const moveHold = (owner: Owner, by: Money): Write => ({
  table: 'budgets',
  update: holdsKey(owner),
  set: 'ADD held :by',
  condition: 'attribute_exists(held)',
  values: { ':by': storeMoney(by) },
});

/** A purchase id is used once, also after its end (ConditionFailed). */
export const putNewPurchase = (purchase: Purchase): Write[] => [
  { table: 'budgets', put: toItem(purchase), condition: 'attribute_not_exists(pk)' },
  { table: 'budgets', check: endedKey(purchase), condition: 'attribute_not_exists(pk)' },
];

/** Replaces an open purchase under its version; one that ends moves to the ended ones (ConditionFailed). */
export function replacePurchase(before: Purchase, after: Purchase): Write[] {
  const unchanged = { condition: 'version = :seen', values: { ':seen': before.version } };
  if (isOpen(after)) return [{ table: 'budgets', put: toItem(after), ...unchanged }];
  return [
    { table: 'budgets', remove: openKey(before), ...unchanged },
    { table: 'budgets', put: toItem(after), condition: 'attribute_not_exists(pk)' },
  ];
}

function toItem(purchase: Purchase) {
  const { settlement, amount } = purchase;
  const due = { dueKey: dueKey(shardOf(purchase.customerId)), dueSort: `${purchase.until}#${purchase.purchaseId}` };
  return {
    ...(isOpen(purchase) ? { ...openKey(purchase), ...due } : endedKey(purchase)),
    ...purchase,
    amount: storeMoney(amount),
    settlement: settlement && { ...settlement, amount: storeMoney(settlement.amount) },
  };
}

function toPurchase(item: Item): Purchase {
  const {
    pk: _pk,
    sk: _sk,
    dueKey: _dueKey,
    dueSort: _dueSort,
    ...purchase
  } = item as Item & {
    settlement?: { amount: unknown };
  };
  const { settlement } = purchase;
  return {
    ...purchase,
    amount: loadMoney(purchase.amount),
    settlement: settlement && { ...settlement, amount: loadMoney(settlement.amount) },
  } as unknown as Purchase;
}
