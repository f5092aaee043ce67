import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { getItem, type Item, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
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

/** The keys of a record, which a page can go on behind. */
export const indexKeyOf = (record: ExpenditureRecord) => ({
  ...key(record.recordId),
  cycleKey: cycleKey({ ...record, cycle: record.billingCycle }),
  cycleSort: positionOf(record),
});

/**
 * A record is put once; the failed condition hands back what is stored. Apart from its keys it is one packed attribute: nobody changes
 * or asks for a single field, and at half the size it takes one write unit where forty attributes take two.
 */
export function putRecord(stored: StoredRecord): Write {
  const { record } = stored;
  return {
    table: 'expenditures',
    put: {
      ...indexKeyOf(record),
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

/** All that is read of many records: what their keys say stands in it too, and takes half as much again to send and to read. */
const BODY = ['body'];

/** A record as it lies in its item: a fraction of what it takes up once it is unpacked. */
export type PackedRecord = Uint8Array & { readonly __form: 'packed-record' };

interface CyclePage extends CycleOfCustomer {
  readonly startKey?: Record<string, unknown>;
  readonly limit: number;
}

/**
 * Records on the bill of a customer's cycle, by transaction time and record id; referral records are left out (FIN-11). A page may
 * hold fewer than `limit` while `nextKey` says that more follow. The index lags: compare with the frozen `CustomerMonth`.
 */
export async function packedPage(
  query: CyclePage,
): Promise<{ readonly packed: readonly PackedRecord[]; readonly nextKey?: Record<string, unknown> }> {
  const { items, nextKey } = await queryPage({
    table: 'expenditures',
    ...cycleIndex,
    pk: cycleKey(query),
    limit: query.limit,
    startKey: query.startKey,
    filter: { expression: 'associationType = :reseller', values: { ':reseller': 'reseller' } },
    attributes: BODY,
  });
  return { packed: items.map(({ body }) => body as PackedRecord), nextKey };
}

export const unpackRecord = (packed: PackedRecord): ExpenditureRecord => unpacked(packed).record;

export interface RecordPage {
  readonly records: ExpenditureRecord[];
  readonly nextKey?: Record<string, unknown>;
}

/** As `packedPage`, unpacked. */
export async function recordsPage(query: CyclePage): Promise<RecordPage> {
  const { packed, nextKey } = await packedPage(query);
  return { records: packed.map(unpackRecord), nextKey };
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
  const stretch = { pk: cycleKey(query), sk: { between: [from, to] }, newestFirst, limit, attributes: BODY } as const;
  for await (const item of queryAll({ table: 'expenditures', ...cycleIndex, ...stretch })) yield toStored(item).record;
}

/**
 * Small buffers and little effort: they are spent on every record, and a record is small; more effort would save six bytes of 434. Without
 * a chunk size each would take 16 KB from outside the heap.
 */
const COMPRESSION = { level: 3, memLevel: 5, windowBits: 11, chunkSize: 2_048 };

/** An amount is written as `{"$":"16059900"}`, its units of 10⁻¹²; no field of a record is an object with such a member. */
function packed(stored: StoredRecord): Uint8Array {
  const json = JSON.stringify(stored, (_key, value: unknown) =>
    typeof value === 'bigint' ? { $: value.toString() } : value,
  );
  return deflateRawSync(json, COMPRESSION);
}

function unpacked(body: unknown): StoredRecord {
  if (!(body instanceof Uint8Array)) throw new TypeError('a stored record has no body');
  return withAmounts(JSON.parse(inflateRawSync(body, COMPRESSION).toString('utf8')) as StoredRecord);
}

/** In place and by hand: a reviver is called for every member and costs more than everything else that reading does to a record. */
function withAmounts<Holder extends object>(holder: Holder): Holder {
  for (const name in holder) {
    const member = holder[name];
    if (typeof member !== 'object' || member === null) continue;
    Reflect.set(holder, name, isPackedAmount(member) ? BigInt(member.$) : withAmounts(member));
  }
  return holder;
}

const isPackedAmount = (value: object): value is { readonly $: string } => '$' in value && typeof value.$ === 'string';
