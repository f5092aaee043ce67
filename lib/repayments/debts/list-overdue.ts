import { DUE_SHARDS, type IssuedBill, isOverdue, listDue } from '#lib/billing/index.ts';
import { atBusinessTime, businessDayOf, type Instant } from '#lib/shared/time.ts';

/** Before every due time. */
const FIRST = '0';
const placeOf = ({ dueAt, billId }: IssuedBill): string => `${dueAt}#${billId}`;

/**
 * Overdue bills of all partners, the longest overdue first: a page of each part of the list, merged. What waits for the review of a
 * certificate is left out (FIN-126), so a page may be short while `next` says that more follow.
 */
export async function listOverdue(
  { limit, after }: { readonly limit: number; readonly after?: string },
  now: Instant,
): Promise<{ bills: IssuedBill[]; next?: string }> {
  const range = { from: after === undefined ? FIRST : `${after}#`, to: atBusinessTime(businessDayOf(now), '00:00:00') };
  const parts = Array.from({ length: DUE_SHARDS }, (_, shard) => listDue(shard, range, { limit }));
  const pages = await Promise.all(parts);
  const merged = pages.flatMap(({ bills }) => bills).sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const page = merged.slice(0, limit);
  const last = page.at(-1);
  const more = merged.length > limit || pages.some(({ nextKey }) => nextKey !== undefined);
  return { bills: page.filter((bill) => isOverdue(bill, now)), next: more && last ? placeOf(last) : undefined };
}
