import { getItem, type Item, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { StoredRecord } from './receipt.ts';
import type { ExpenditureRecord } from './record.ts';

const key = (recordId: string) => ({ pk: `RECORD#${recordId}`, sk: 'RECORD' });
const cycleIndex = { index: 'byCycle', keys: { pk: 'cycleKey', sk: 'cycleSort' } } as const;
const cycleKey = ({ partnerId, customerId, cycle }: CycleOfCustomer): string => `${partnerId}#${customerId}#${cycle}`;

/** Fields that hold an integer number of 10⁻¹². */
const AMOUNTS = [
  'unitPrice',
  'usage',
  'packageUsage',
  'reservedInstanceUsage',
  'listPrice',
  'exchangeRate',
  'reservedHours',
  'conversionFactor',
  'linearSize',
] as const;

export interface CycleOfCustomer {
  readonly partnerId: string;
  readonly customerId: string;
  readonly cycle: BillingMonth;
}

/** A record is put once; the failed condition hands back what is stored. */
export function putRecord({ record, digest, mark }: StoredRecord): Write {
  return {
    table: 'expenditures',
    put: {
      ...key(record.recordId),
      ...record,
      digest,
      mark,
      cycleKey: cycleKey({ ...record, cycle: record.billingCycle }),
      cycleSort: `${record.transactionTime}#${record.recordId}`,
    },
    condition: 'attribute_not_exists(pk)',
    returnOld: true,
  };
}

export async function loadRecord(recordId: string): Promise<ExpenditureRecord | undefined> {
  const item = await getItem('expenditures', key(recordId));
  return item && toRecord(item);
}

/** A record from the item that a failed put hands back. */
export const toStored = (item: Item): StoredRecord => ({
  record: toRecord(item),
  digest: String(item.digest),
  mark: String(item.mark),
});

export interface RecordPage {
  readonly records: ExpenditureRecord[];
  readonly nextKey?: Record<string, unknown>;
}

/**
 * Records on the bill of a customer's cycle, by transaction time and record id; referral records are left out (FIN-11). A page may
 * hold fewer than `limit` while `nextKey` says that more follow. The index lags: compare with the frozen `CustomerMonth`.
 */
export async function recordsPage(
  query: CycleOfCustomer & { readonly startKey?: Record<string, unknown>; readonly limit: number },
): Promise<RecordPage> {
  const page = await queryPage({
    table: 'expenditures',
    ...cycleIndex,
    pk: cycleKey(query),
    limit: query.limit,
    startKey: query.startKey,
    filter: { expression: 'associationType = :reseller', values: { ':reseller': 'reseller' } },
  });
  return { records: page.items.map(toRecord), nextKey: page.nextKey };
}

export function toRecord(item: Item): ExpenditureRecord {
  const { pk: _pk, sk: _sk, cycleKey: _cycleKey, cycleSort: _cycleSort, digest: _digest, mark: _mark, ...stored } = item;
  for (const field of AMOUNTS) if (stored[field] !== undefined) stored[field] = loadMoney(stored[field]);
  const payment = Object.entries(stored.payment as Item).map(([name, amount]) => [name, loadMoney(amount)]);
  return { ...stored, payment: Object.fromEntries(payment) } as unknown as ExpenditureRecord;
}
