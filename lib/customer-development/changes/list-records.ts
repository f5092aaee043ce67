import type { Member } from '#lib/shared/actor.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { AssociationRecord, Purpose, RecordStatus } from './association-record.ts';
import { isRecordVisible } from './record-scope.ts';
import { listRecords, positionBehind, type RecordList, type RecordPage } from './record-store.ts';

/** Records that one request looks at for a page; beyond them the cursor goes on, after a short or empty page. */
const MOST_READS = 5;
const READ_SIZE = 100;

export interface RecordFilter {
  /** Any part of the name, ignoring case (ORD-161). */
  readonly customerName?: string;
  readonly mobileNumber?: string;
  readonly accountManagerId?: string;
  readonly purpose?: Purpose;
  readonly status?: RecordStatus;
  /** Half-open. */
  readonly requestedFrom?: Instant;
  readonly requestedTo?: Instant;
}

interface Page {
  readonly limit: number;
  readonly startKey?: Record<string, unknown>;
}

/** ORD-05: a distributor names its own customers or its resellers'; never both in one answer. */
export function listRecordsOfPartner(
  member: Member,
  scope: 'own' | 'resellers',
  filter: RecordFilter,
  page: Page,
): Promise<RecordPage> {
  const list: RecordList =
    scope === 'own'
      ? { of: 'partner', partnerId: member.partnerId }
      : { of: 'resellers', distributorId: member.partnerId };
  return fill(list, async (record) => matches(record, filter) && isRecordVisible(member, record), page);
}

/** ORD-45: all records of a customer, whoever was its partner. */
export const listRecordsOfCustomer = (customerId: string, page: Page): Promise<RecordPage> =>
  listRecords({ of: 'customer', customerId }, page);

async function fill(
  list: RecordList,
  wanted: (record: AssociationRecord) => Promise<boolean>,
  { limit, startKey }: Page,
): Promise<RecordPage> {
  const found: AssociationRecord[] = [];
  let position = startKey;
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const { records, nextKey } = await listRecords(list, { limit: READ_SIZE, startKey: position });
    for (const record of records) {
      if (!(await wanted(record))) continue;
      const last = found.at(-1);
      if (found.length === limit && last) return { records: found, nextKey: positionBehind(list, last) };
      found.push(record);
    }
    position = nextKey;
    if (!position) break;
  }
  return { records: found, nextKey: position };
}

function matches(record: AssociationRecord, filter: RecordFilter): boolean {
  const { requestedFrom, requestedTo, customerName, ...exactly } = filter;
  const { requestedAt, mobileNumber, accountManagerId, purpose, status } = record;
  if (requestedFrom !== undefined && requestedAt < requestedFrom) return false;
  if (requestedTo !== undefined && requestedAt >= requestedTo) return false;
  if (customerName !== undefined && !isPartOf(customerName, record.customerName ?? '')) return false;
  const own: Record<string, string | undefined> = { mobileNumber, accountManagerId, purpose, status };
  return Object.entries(exactly).every(([name, value]) => value === undefined || value === own[name]);
}

const isPartOf = (part: string, whole: string): boolean =>
  whole.toLocaleLowerCase('en').includes(part.toLocaleLowerCase('en'));
