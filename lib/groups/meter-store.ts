import { getItem, type Item, updateItem } from '#lib/shared/dynamodb.ts';
import { loadMoney, type Money, storeMoney } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import type { Meter, MeterReading, Noted } from './meter.ts';
import { NO_USAGE, type Usage } from './usage.ts';

const TABLE = 'groups';
const key = (groupId: string, month: BillingMonth) => ({ pk: `GROUP#${groupId}`, sk: `METER#${month}` });

/** Products are attributes of their own, so that each is moved by itself. */
const PREFIX = 'used';

export async function loadMeter(groupId: string, month: BillingMonth): Promise<Meter> {
  const item = await getItem(TABLE, key(groupId, month));
  return item ? toMeter(item) : { bound: NO_USAGE };
}

/** Adds what an event tells of. Twice is not wrong, it only makes the bound higher than it need be. */
export async function addToMeter(groupId: string, month: BillingMonth, used: Usage): Promise<Meter> {
  const item = await updateItem(TABLE, key(groupId, month), adding(used));
  return item ? toMeter(item) : { bound: NO_USAGE };
}

/** Corrects the bound by what a reading of the whole group found, unless another reading has done so since; then that one counts. */
export async function storeReading(
  groupId: string,
  month: BillingMonth,
  { change, reading: { basis, limits, readings } }: Noted,
): Promise<void> {
  const { set, names, values } = adding(change);
  const stored = { amount: limits.amount, products: Object.fromEntries(limits.products) };
  await updateItem(TABLE, key(groupId, month), {
    set: `${set} SET basis = :basis, limits = :limits, readings = :readings`,
    condition: 'attribute_not_exists(readings) OR readings < :readings',
    names,
    values: { ...values, ':basis': basis, ':limits': stored, ':readings': readings },
  });
}

function adding({ amount, products }: Usage) {
  const rows = [...products].map(([product, used], i) => ({ name: `#p${i}`, value: `:p${i}`, product, used }));
  return {
    set: `ADD ${['amount :amount', ...rows.map(({ name, value }) => `${name} ${value}`)].join(', ')}`,
    names: rows.length > 0 ? Object.fromEntries(rows.map(({ name, product }) => [name, PREFIX + product])) : undefined,
    values: {
      ':amount': storeMoney(amount),
      ...Object.fromEntries(rows.map(({ value, used }) => [value, storeMoney(used)])),
    },
  };
}

function toMeter(item: Item): Meter {
  const products = Object.entries(item).flatMap(([name, used]) =>
    name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), loadMoney(used)] as const] : [],
  );
  const bound = { amount: loadMoney(item.amount), products: new Map(products) };
  if (item.readings === undefined) return { bound };
  const { basis, limits, readings } = item as unknown as Omit<MeterReading, 'limits'> & { limits: StoredLimits };
  return { bound, read: { basis, readings, limits: toLimits(limits) } };
}

interface StoredLimits {
  readonly amount?: unknown;
  readonly products: Readonly<Record<string, unknown>>;
}

const toLimits = ({ amount, products }: StoredLimits) => ({
  amount: amount === undefined ? undefined : loadMoney(amount),
  products: new Map<string, Money>(Object.entries(products).map(([product, limit]) => [product, loadMoney(limit)])),
});
