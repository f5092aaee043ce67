import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { getItem, type Item, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import type { Money } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { positionOf } from './position.ts';
import type { StoredRecord } from './receipt.ts';
import type { ExpenditureRecord } from './record.ts';

const key = (recordId: string) => ({ pk: `RECORD#${recordId}`, sk: 'RECORD' });
const cycleIndex = { index: 'byCycle', keys: { pk: 'cycleKey', sk: 'cycleSort' } } as const;
const cycleKey = ({ partnerId, customerId, cycle }: CycleOfCustomer): string => `${partnerId}#${customerId}#${cycle}`;

export interface CycleOfCustomer {
  readonly partnerId: string;
  readonly customerId: string;
  readonly cycle: BillingMonth;
}

/**
 * A record is put once; the failed condition hands back what is stored. Apart from its keys it is one packed attribute: nobody changes
 * or asks for a single field, and at half the size it takes one write unit where forty attributes take two.
 */
export function putRecord(stored: StoredRecord): Write {
  const { record } = stored;
  return {
    table: 'expenditures',
    put: {
      ...key(record.recordId),
      cycleKey: cycleKey({ ...record, cycle: record.billingCycle }),
      cycleSort: positionOf(record),
      associationType: record.associationType,
      body: packed(stored),
    },
    condition: 'attribute_not_exists(pk)',
    returnOld: true,
  };
}

export async function loadRecord(recordId: string): Promise<ExpenditureRecord | undefined> {
  const item = await getItem('expenditures', key(recordId));
  return item && toStored(item).record;
}

/** A record from its item, such as the one that a failed put hands back. */
export const toStored = (item: Item): StoredRecord => unpacked(item.body);

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
  return { records: page.items.map((item) => toStored(item).record), nextKey: page.nextKey };
}

interface Stretch {
  /** Positions, both included; from the first and to the last one when not given. */
  readonly from?: string;
  readonly to?: string;
  readonly newestFirst?: boolean;
  /** Records per read; as many as fit when not given. */
  readonly readAhead?: number;
}

/** All records of a customer's cycle, of both association types, read as they are taken. The index lags. */
export async function* cycleRecords(query: CycleOfCustomer & Stretch): AsyncGenerator<ExpenditureRecord> {
  const { from = '0', to = '~', newestFirst, readAhead: limit } = query;
  const stretch = { pk: cycleKey(query), sk: { between: [from, to] }, newestFirst, limit } as const;
  for await (const item of queryAll({ table: 'expenditures', ...cycleIndex, ...stretch })) yield toStored(item).record;
}

/** Small buffers and little effort: they are spent on every record, and a record is small; more effort would save six bytes of 434. */
const COMPRESSION = { level: 3, memLevel: 5, windowBits: 11 };

/** An amount is written as `{"$":"16059900"}`, its units of 10⁻¹²; no field of a record is an object with such a member. */
function packed(stored: StoredRecord): Uint8Array {
  const json = JSON.stringify(stored, (_key, value: unknown) =>
    typeof value === 'bigint' ? { $: value.toString() } : value,
  );
  return deflateRawSync(json, COMPRESSION);
}

function unpacked(body: unknown): StoredRecord {
  if (!(body instanceof Uint8Array)) throw new TypeError('a stored record has no body');
  return JSON.parse(inflateRawSync(body, COMPRESSION).toString('utf8'), (_key, value: unknown) =>
    isPackedAmount(value) ? (BigInt(value.$) as Money) : value,
  ) as StoredRecord;
}

const isPackedAmount = (value: unknown): value is { readonly $: string } =>
  typeof value === 'object' && value !== null && '$' in value && typeof value.$ === 'string';
