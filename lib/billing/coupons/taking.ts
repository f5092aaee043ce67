import type { Terms } from '../bill.ts';
import { billIdOf } from '../bill-id.ts';
import type { Part } from '../part-store.ts';
import { RECORDS_AT_ONCE } from '../parts.ts';
import type { Allocation } from './allocation.ts';
import { listAllocations } from './allocation-store.ts';
import { NONE, type TakingFor, takingAlong, type UsesOf, usesIn } from './taking-along.ts';

/** What coupons took of the lines of a part. Without coupons nothing is read. */
export function startTaking(part: Part, terms: Terms): TakingFor {
  if (terms.couponsAsOf === undefined) return async () => NONE;
  const billId = billIdOf(part.partnerId, part.cycle, part.revision);
  const isLarge = part.customers.reduce((count, customer) => count + customer.count, 0) > RECORDS_AT_ONCE;
  if (isLarge) return takingAlong((from) => listAllocations(billId, part.part, from));
  const all = allOf(listAllocations(billId, part.part));
  all.catch(() => {}); // met where it is awaited
  return () => all;
}

async function allOf(allocations: AsyncIterable<Allocation>): Promise<UsesOf> {
  const all: Allocation[] = [];
  for await (const each of allocations) all.push(each);
  return usesIn(all);
}
