import { getItems, type Item, queryAll } from '#lib/shared/dynamodb.ts';
import { loadMoney, storeMoney } from '#lib/shared/money.ts';
import { atBusinessTime, dayPlus } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { monthKey, referralKey } from './month-store.ts';
import { type CycleOfCustomer, cycleRecords } from './record-store.ts';
import type { DaySummary, Days, SummaryRow } from './summary.ts';
import { businessDay, type SummaryDay } from './summary-day.ts';
import type { Run } from './summary-plan.ts';

const partition = ({ partnerId, customerId, cycle }: CycleOfCustomer): string =>
  `SUMMARY#${partnerId}#${customerId}#${cycle}`;

/** How many records each day has, strongly consistent: what the index must show before a day is complete. */
export async function loadDayCounts(of: CycleOfCustomer): Promise<Map<SummaryDay, number>> {
  const keys = [monthKey, referralKey].map((key) => key(of.partnerId, of.customerId, of.cycle));
  const counts = new Map<SummaryDay, number>();
  for (const item of await getItems('expenditures', keys)) {
    for (const [name, count] of Object.entries(item)) {
      const day = /^d(\d\d)$/.exec(name)?.[1];
      if (day !== undefined) counts.set(day, (counts.get(day) ?? 0) + Number(count));
    }
  }
  return counts;
}

/** Days that were summed up before, each as it was then. */
export async function loadSummaries(of: CycleOfCustomer): Promise<Map<SummaryDay, DaySummary>> {
  const days = new Map<SummaryDay, DaySummary>();
  for await (const item of queryAll({ table: 'expenditures', pk: partition(of), sk: { beginsWith: 'DAY#' } })) {
    days.set(String(item.sk).slice('DAY#'.length), toDaySummary(item));
  }
  return days;
}

/** Keeps a day; one with more records stays. */
export function putSummary(of: CycleOfCustomer, day: SummaryDay, { count, rows }: DaySummary): Write {
  return {
    table: 'expenditures',
    put: { pk: partition(of), sk: `DAY#${day}`, count, rows: rows.map(toStored) },
    condition: 'attribute_not_exists(pk) OR #count < :count',
    names: { '#count': 'count' },
    values: { ':count': count },
  };
}

/**
 * Adds the records of a run of days to `days` as the index shows them, one at a time.
 * @param atMost records to read; days that are cut off by it have a smaller count than they should
 */
export async function sumRecords(
  of: CycleOfCustomer,
  { first, last }: Run,
  days: Days,
  atMost = Number.POSITIVE_INFINITY,
): Promise<void> {
  const from = first === '00' ? undefined : startOf(of, first);
  // Midnight belongs to two days: usage to the one that ends with it, an order to the one that begins. The neighbours' are read along.
  const to = `${startOf(of, last, 1)}#\u007f`;
  let read = 0;
  for await (const record of cycleRecords({ ...of, from, to })) {
    if (read === atMost) break;
    read += 1;
    days.add(record);
  }
}

const startOf = ({ cycle }: CycleOfCustomer, day: SummaryDay, later = 0): string =>
  atBusinessTime(dayPlus(businessDay(cycle, day), later), '00:00:00');

const toStored = (row: SummaryRow): Item => ({
  ...row,
  listPrice: storeMoney(row.listPrice),
  discount: storeMoney(row.discount),
  amount: storeMoney(row.amount),
  cashPayments: storeMoney(row.cashPayments),
  couponsUsed: storeMoney(row.couponsUsed),
  monthlySettlement: storeMoney(row.monthlySettlement),
});

const toDaySummary = (item: Item): DaySummary => ({
  count: Number(item.count),
  rows: (item.rows as Item[]).map(
    (row) =>
      ({
        ...row,
        listPrice: loadMoney(row.listPrice),
        discount: loadMoney(row.discount),
        amount: loadMoney(row.amount),
        cashPayments: loadMoney(row.cashPayments),
        couponsUsed: loadMoney(row.couponsUsed),
        monthlySettlement: loadMoney(row.monthlySettlement),
      }) as SummaryRow,
  ),
});
