import * as z from 'zod';
import { type CustomerMonth, listMonth, recordsPage } from '#lib/expenditures/index.ts';
import { loadPartner } from '#lib/partners/index.ts';
import { bookVersion } from './book.ts';
import { discountsKey } from './discount-store.ts';
import { startProving } from './freeze-proof.ts';
import { type BillLine, toLine } from './line.ts';
import { type LineFilter, matches } from './line-filter.ts';
import { settle } from './settlement.ts';
import { startSettling } from './settling.ts';
import { startNaming } from './slice.ts';
import type { NamedBill } from './whose.ts';

/** Behind a customer, or behind one of its records. */
export const estimatedPlace = z.object({
  customerId: z.string(),
  startKey: z.record(z.string(), z.unknown()).optional(),
});
type EstimatedPlace = z.output<typeof estimatedPlace>;

interface Page {
  readonly limit: number;
  /** How many reads of records it may take. */
  readonly reads: number;
  readonly place?: EstimatedPlace;
}

interface Found {
  readonly lines: BillLine[];
  readonly next?: EstimatedPlace;
}

/** FIN-67: the details view before the issue; lines by the same arithmetic as on the bill, without tax and coupons (FIN-65). */
export async function estimatedLines(named: NamedBill, filter: LineFilter, page: Page): Promise<Found> {
  const lines: BillLine[] = [];
  let { reads } = page;
  for await (const month of monthsFrom(named, filter, page.place)) {
    let startKey = month.customerId === page.place?.customerId ? page.place.startKey : undefined;
    const toLines = await lineMaker(named, month.customerId);
    do {
      const { records, nextKey } = await recordsPage({
        ...month,
        cycle: named.cycle,
        startKey,
        limit: page.limit - lines.length,
      });
      lines.push(...(await toLines(records)).filter((line) => matches(line, filter)));
      startKey = nextKey;
      reads -= 1;
      if (lines.length === page.limit || reads === 0)
        return { lines, next: { customerId: month.customerId, startKey } };
    } while (startKey);
  }
  return { lines };
}

async function* monthsFrom(
  { partnerId, cycle }: NamedBill,
  { customerId }: LineFilter,
  place: EstimatedPlace | undefined,
): AsyncGenerator<CustomerMonth> {
  const range = { first: place?.customerId ?? customerId ?? '', last: customerId ?? '~' };
  for await (const month of listMonth(partnerId, cycle, range)) {
    const finished = month.customerId === place?.customerId && place.startKey === undefined;
    if (month.count > 0 && !finished) yield month;
  }
}

async function lineMaker({ partnerId, cycle }: NamedBill, customerId: string) {
  const [discountVersion, partner] = await Promise.all([bookVersion(discountsKey(partnerId)), loadPartner(partnerId)]);
  const names = { partnerName: partner?.companyName ?? '', partnerAccountName: partner?.accountName ?? '' };
  const [rulesFor, namesFor] = await Promise.all([
    startSettling({ partnerId, cycle, discountVersion, customers: { first: customerId, last: customerId } }),
    startNaming([customerId], names),
  ]);
  const proofsFor = startProving();
  return async (records: Parameters<typeof rulesFor>[0]): Promise<BillLine[]> => {
    const [rules, namesOf, proofOf] = await Promise.all([rulesFor(records), namesFor(records), proofsFor(records)]);
    return records.map((record) =>
      toLine(record, namesOf(record), settle(record, rules), [], { startedWhileFrozen: proofOf(record) }),
    );
  };
}
