import { getItem, getItems, type Item, queryPage } from '#lib/shared/dynamodb.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { AssociationRecord } from './association-record.ts';

const TABLE = 'customer-development';
const key = (recordId: string) => ({ pk: `RECORD#${recordId}`, sk: 'RECORD' });
const partnerIndex = { index: 'byPartner', keys: { pk: 'partnerKey', sk: 'partnerSort' } } as const;
const customerIndex = { index: 'byCustomer', keys: { pk: 'customerKey', sk: 'customerSort' } } as const;
const ofPartner = (partnerId: string): string => `association-record#${partnerId}`;
const ofResellers = (distributorId: string): string => `resellers-association-record#${distributorId}`;
const ofCustomer = (customerId: string): string => `association-record#${customerId}`;

/** A new record and, for a reseller's customer, the mark by which the distributor finds it. */
export function putNewRecord(record: AssociationRecord): Write[] {
  const { recordId, distributorId } = record;
  const condition = 'attribute_not_exists(pk)';
  if (distributorId === undefined) return [{ table: TABLE, put: itemOf(record), condition }];
  const mark = {
    pk: `RECORD#${recordId}`,
    sk: 'DISTRIBUTOR',
    recordId,
    partnerKey: ofResellers(distributorId),
    partnerSort: sortOf(record),
  };
  return [
    { table: TABLE, put: itemOf(record), condition },
    { table: TABLE, put: mark, condition },
  ];
}

/** Replaces a record that nobody touched since it was read (ConditionFailed). */
export const replaceRecord = (before: AssociationRecord, after: AssociationRecord): Write => ({
  table: TABLE,
  put: itemOf(after),
  condition: 'version = :seen',
  values: { ':seen': before.version },
});

export async function loadRecord(
  recordId: string,
  options: { consistent?: boolean } = {},
): Promise<AssociationRecord | undefined> {
  const item = await getItem(TABLE, key(recordId), options);
  return item && toRecord(item);
}

export async function loadRecords(recordIds: readonly string[]): Promise<AssociationRecord[]> {
  return (await getItems(TABLE, recordIds.map(key))).map(toRecord);
}

/** Whose records: a partner's with its own customers, those of a distributor's resellers, or a customer's. */
export type RecordList =
  | { readonly of: 'partner'; readonly partnerId: string }
  | { readonly of: 'resellers'; readonly distributorId: string }
  | { readonly of: 'customer'; readonly customerId: string };

export interface RecordPage {
  readonly records: AssociationRecord[];
  readonly nextKey?: Record<string, unknown>;
}

/** Newest request first (ORD-162). */
export async function listRecords(
  list: RecordList,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<RecordPage> {
  const { items, nextKey } = await queryPage({ table: TABLE, ...rangeOf(list), newestFirst: true, ...page });
  return { records: list.of === 'resellers' ? await loadMarked(items) : items.map(toRecord), nextKey };
}

function rangeOf(list: RecordList) {
  switch (list.of) {
    case 'partner':
      return { ...partnerIndex, pk: ofPartner(list.partnerId) };
    case 'resellers':
      return { ...partnerIndex, pk: ofResellers(list.distributorId) };
    case 'customer':
      return { ...customerIndex, pk: ofCustomer(list.customerId) };
  }
}

async function loadMarked(marks: readonly Item[]): Promise<AssociationRecord[]> {
  const items = await getItems(
    TABLE,
    marks.map(({ recordId }) => key(String(recordId))),
  );
  return items.map(toRecord).sort((a, b) => (sortOf(a) < sortOf(b) ? 1 : -1));
}

/** Where a list goes on behind this record. */
export function positionBehind(list: RecordList, record: AssociationRecord): Record<string, unknown> {
  const { pk, keys } = rangeOf(list);
  const sk = list.of === 'resellers' ? 'DISTRIBUTOR' : 'RECORD';
  return { pk: `RECORD#${record.recordId}`, sk, [keys.pk]: pk, [keys.sk]: sortOf(record) };
}

const sortOf = ({ requestedAt, recordId }: AssociationRecord): string => `${requestedAt}#${recordId}`;

const itemOf = (record: AssociationRecord) => ({
  ...key(record.recordId),
  ...record,
  partnerKey: ofPartner(record.partnerId),
  partnerSort: sortOf(record),
  customerKey: ofCustomer(record.customerId),
  customerSort: sortOf(record),
});

function toRecord(item: Item): AssociationRecord {
  const {
    pk: _pk,
    sk: _sk,
    partnerKey: _partnerKey,
    partnerSort: _partnerSort,
    customerKey: _customerKey,
    customerSort: _customerSort,
    ...record
  } = item;
  return record as unknown as AssociationRecord;
}
