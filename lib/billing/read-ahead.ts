import {
  type ExpenditureRecord,
  indexKeyOf,
  type PackedRecord,
  packedPage,
  unpackRecord,
} from '#lib/expenditures/index.ts';
import type { BillingMonth } from '#lib/shared/time.ts';

/** A place in the records of several customers: behind `startKey` of the customer with this index. */
export interface Place {
  readonly customer: number;
  readonly startKey?: Record<string, unknown>;
}

export interface RecordsRead {
  readonly customer: number;
  readonly records: readonly ExpenditureRecord[];
  /** Nothing of this customer follows. */
  readonly last: boolean;
  /** Where what follows begins; `undefined` behind the last customer. */
  readonly next?: Place;
}

export interface CycleRecords {
  readonly partnerId: string;
  readonly cycle: BillingMonth;
  readonly customerIds: readonly string[];
}

const RECORDS_A_READ = 1_000;
/** What is unpacked together is dropped together: few enough that collecting garbage finds next to nothing to keep. */
const RECORDS_AT_HAND = 100;

/**
 * Records of a cycle, customer by customer, a few at a time. While the caller works on a page the next one is on its way, both packed;
 * reading ends with the page that reaches `atMost` records.
 */
export async function* readAhead(of: CycleRecords, from: Place, atMost: number): AsyncGenerator<RecordsRead> {
  let read = 0;
  let upcoming: Promise<PageRead> | undefined = readPage(of, from);
  while (upcoming) {
    const page: PageRead = await upcoming;
    read += page.packed.length;
    upcoming = page.next && read < atMost ? readPage(of, page.next) : undefined;
    upcoming?.catch(() => {}); // the failure is met where the page is awaited, or not at all when the caller stops before
    yield* unpacked(page);
  }
}

type PageRead = Omit<RecordsRead, 'records'> & { readonly packed: readonly PackedRecord[] };

async function readPage({ customerIds, ...of }: CycleRecords, place: Place): Promise<PageRead> {
  const customerId = customerIds[place.customer];
  if (customerId === undefined) return { customer: place.customer, packed: [], last: true };
  const { packed, nextKey } = await packedPage({ ...of, customerId, startKey: place.startKey, limit: RECORDS_A_READ });
  const follows = place.customer + 1 < customerIds.length ? { customer: place.customer + 1 } : undefined;
  const next = nextKey ? { customer: place.customer, startKey: nextKey } : follows;
  return { customer: place.customer, packed, last: nextKey === undefined, next };
}

function* unpacked({ packed, ...page }: PageRead): Generator<RecordsRead> {
  const { customer } = page;
  let start = 0;
  for (; start + RECORDS_AT_HAND < packed.length; start += RECORDS_AT_HAND) {
    const records = packed.slice(start, start + RECORDS_AT_HAND).map(unpackRecord);
    const behind = records.at(-1);
    yield { customer, records, last: false, next: { customer, startKey: behind && indexKeyOf(behind) } };
  }
  yield { ...page, records: packed.slice(start).map(unpackRecord) };
}
