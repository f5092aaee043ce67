import type { CouponUse } from '#lib/coupons/index.ts';
import type { ExpenditureRecord } from '#lib/expenditures/index.ts';
import type { Terms } from '../bill.ts';
import { billIdOf } from '../bill-id.ts';
import type { Part } from '../part-store.ts';
import { RECORDS_AT_ONCE } from '../parts.ts';
import { listAllocations } from './allocation-store.ts';

/** What coupons took of a line, as the pass over the whole bill decided it. */
export type UsesOf = (record: Pick<ExpenditureRecord, 'recordId'>) => readonly CouponUse[];

const NONE: UsesOf = () => [];

/** For a page of records of one customer, by transaction time. Without coupons nothing is read. */
export function startTaking(part: Part, terms: Terms): (records: readonly ExpenditureRecord[]) => Promise<UsesOf> {
  if (terms.couponsAsOf === undefined) return async () => NONE;
  const billId = billIdOf(part.partnerId, part.cycle, part.revision);
  const isLarge = part.customers.reduce((count, customer) => count + customer.count, 0) > RECORDS_AT_ONCE;
  if (isLarge) return (records) => usesIn(billId, part.part, records);
  const all = usesIn(billId, part.part);
  all.catch(() => {}); // met where it is awaited
  return () => all;
}

/** All allocations of a part, or those in the time of some of its records: a part of one large customer is settled slice by slice. */
async function usesIn(billId: string, part: number, records?: readonly ExpenditureRecord[]): Promise<UsesOf> {
  if (records?.length === 0) return NONE;
  const stretch = records && { first: records[0]?.transactionTime ?? '', last: records.at(-1)?.transactionTime ?? '' };
  const uses = new Map<string, readonly CouponUse[]>();
  for await (const allocation of listAllocations(billId, part, stretch)) {
    uses.set(allocation.recordId, allocation.uses);
  }
  return ({ recordId }) => uses.get(recordId) ?? [];
}
