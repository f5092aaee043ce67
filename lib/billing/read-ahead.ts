import { type ExpenditureRecord, recordsPage } from '#lib/expenditures/index.ts';
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
  /** Where the next page begins; `undefined` behind the last customer. */
  readonly next?: Place;
}

export interface CycleRecords {
  readonly partnerId: string;
  readonly cycle: BillingMonth;
  readonly customerIds: readonly string[];
}

const RECORDS_A_READ = 1_000;

/**
 * Records of a cycle, customer by customer, page by page. While the caller works on a page the next one is on its way; reading ends
 * with the page that reaches `atMost` records.
 */
export async function* readAhead(of: CycleRecords, from: Place, atMost: number): AsyncGenerator<RecordsRead> {
  let read = 0;
  let upcoming: Promise<RecordsRead> | undefined = readPage(of, from);
  while (upcoming) {
    const page: RecordsRead = await upcoming;
    read += page.records.length;
    upcoming = page.next && read < atMost ? readPage(of, page.next) : undefined;
    upcoming?.catch(() => {}); // the failure is met where the page is awaited, or not at all when the caller stops before
    yield page;
  }
}

async function readPage({ customerIds, ...of }: CycleRecords, place: Place): Promise<RecordsRead> {
  const customerId = customerIds[place.customer];
  if (customerId === undefined) return { customer: place.customer, records: [], last: true };
  const { records, nextKey } = await recordsPage({
    ...of,
    customerId,
    startKey: place.startKey,
    limit: RECORDS_A_READ,
  });
  const follows = place.customer + 1 < customerIds.length ? { customer: place.customer + 1 } : undefined;
  const next = nextKey ? { customer: place.customer, startKey: nextKey } : follows;
  return { customer: place.customer, records, last: nextKey === undefined, next };
}
