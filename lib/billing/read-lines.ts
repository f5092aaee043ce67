import { loadBill } from './bill-store.ts';
import { estimatedLines, estimatedPlace } from './estimated-lines.ts';
import type { BillLine } from './line.ts';
import { isSelective, type LineFilter, matches } from './line-filter.ts';
import { lineSort } from './line-page.ts';
import { listPages } from './line-page-store.ts';
import type { NamedBill } from './whose.ts';

export interface LinesRead {
  readonly lines: readonly BillLine[];
  /** Lines of a cycle that is not issued yet are settled as they are read, without tax and coupons (FIN-67). */
  readonly estimated: boolean;
  readonly next?: Record<string, unknown>;
}

/** How many stored pages one answer reads at most; a rare match leaves a shorter answer with a cursor. */
const MOST_READS = 25;

/** Lines of a bill by customer, transaction time and record. */
export async function readLines(
  named: NamedBill,
  filter: LineFilter,
  page: { readonly limit: number; readonly from?: Record<string, unknown> },
): Promise<LinesRead> {
  const bill = await loadBill(named.partnerId, named.cycle, named.revision);
  if (bill) {
    const after = String(page.from?.after ?? '');
    const { lines, after: next } = await issuedLines(bill.billId, filter, page.limit, after);
    return { lines, estimated: false, next: next === undefined ? undefined : { after: next } };
  }
  const place = estimatedPlace.optional().parse(page.from);
  const { lines, next } = await estimatedLines(named, filter, { limit: page.limit, reads: MOST_READS, place });
  return { lines, estimated: true, next: next && { ...next } };
}

/** @returns the lines, and the sort key of the last one looked at unless that was the last of all */
async function issuedLines(billId: string, filter: LineFilter, limit: number, start: string) {
  const lines: BillLine[] = [];
  const pagesAtOnce = isSelective(filter) ? 5 : 1;
  const { customerId } = filter;
  let after = customerId !== undefined && start === '' ? `${customerId}#` : start;
  for (let read = 0; read < MOST_READS; read += pagesAtOnce) {
    const { pages, more } = await listPages(billId, `${after}${BEHIND}`, pagesAtOnce);
    for (const line of pages.flatMap((page) => page.lines)) {
      const sort = lineSort(line.charge);
      if (sort <= after) continue;
      if (customerId !== undefined && line.charge.customerId !== customerId) return { lines };
      after = sort;
      if (matches(line, filter)) lines.push(line);
      if (lines.length === limit) return { lines, after };
    }
    if (!more) return { lines };
  }
  return { lines, after };
}

/** Sorts behind a key and before every longer one: no key has control characters. */
const BEHIND = '\u0001';
