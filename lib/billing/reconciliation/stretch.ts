import {
  type CustomerMonth,
  type ExpenditureRecord,
  listMonth,
  loadRecord,
  recordsPage,
} from '#lib/expenditures/index.ts';
import type { Terms } from '../bill.ts';
import { addFrozen, NOTHING, sumOfRecords } from '../frozen.ts';
import type { BillLine } from '../line.ts';
import { lineSort } from '../line-page.ts';
import { listPages } from '../line-page-store.ts';
import { settle } from '../settlement.ts';
import { startSettling } from '../settling.ts';
import { addLine, addUses, join, startTotals } from '../totals.ts';
import { compareLines, compareMonth, type Expected } from './compare.ts';
import type { Difference } from './difference.ts';
import type { Progress, Reconciliation } from './reconciliation.ts';

/** What the lines were settled by. */
export type SettledBy = Pick<Terms, 'taxComponents' | 'discountVersion'>;

export interface Compared {
  readonly after: Reconciliation;
  readonly differences: readonly Difference[];
  /** All records and lines are compared. */
  readonly last: boolean;
}

/** Bounds of one message. */
const RECORDS_AT_ONCE = 5_000;
const CUSTOMERS_AT_ONCE = 200;
const RECORDS_A_READ = 1_000;
const PAGES_A_READ = 5;
/** Sorts behind every line of a customer, and behind every customer. */
const END = '~';
/** Sorts behind a key and before every longer one: no key has control characters. */
const BEHIND = '\u0001';

/** Compares the next records of a bill, in the order of its lines, with the lines that lie between them. */
export async function compareStretch(before: Reconciliation, by: SettledBy): Promise<Compared> {
  const differences: Difference[] = [];
  let after = before;
  let customers = 0;
  const budget = before.records.count + RECORDS_AT_ONCE;
  for await (const month of monthsFrom(before)) {
    customers += 1;
    let open = true;
    while (open) {
      const step = await comparePage(after, month, by);
      differences.push(...step.differences);
      after = step.after;
      open = after.progress.startKey !== undefined;
      if (after.records.count >= budget) return { after, differences, last: false };
    }
    if (customers === CUSTOMERS_AT_ONCE) return { after, differences, last: false };
  }
  const rest = await compareWith(after, [], by, { upTo: END });
  return { ...rest, differences: [...differences, ...rest.differences], last: true };
}

/** A page may hold referral records alone, which no bill has. */
const lastOf = (records: readonly ExpenditureRecord[], { after }: Progress): string => {
  const last = records.at(-1);
  return last ? lineSort(last) : after;
};

async function* monthsFrom({ partnerId, cycle, progress }: Reconciliation): AsyncGenerator<CustomerMonth> {
  for await (const month of listMonth(partnerId, cycle, { first: progress.customerId, last: END })) {
    const finished = month.customerId === progress.customerId && progress.startKey === undefined;
    if (!finished) yield month;
  }
}

async function comparePage(before: Reconciliation, month: CustomerMonth, by: SettledBy): Promise<Compared> {
  const { customerId } = month;
  const { cycle, partnerId, progress } = before;
  const goesOn = progress.customerId === customerId && progress.startKey !== undefined;
  const { records, nextKey } = await recordsPage({
    partnerId,
    customerId,
    cycle,
    startKey: goesOn ? progress.startKey : undefined,
    limit: RECORDS_A_READ,
  });
  const upTo = nextKey ? lastOf(records, progress) : `${customerId}#${END}`;
  const compared = await compareWith(before, records, by, { upTo, customerId });
  const seen = addFrozen(goesOn ? progress.read : NOTHING, compared.read);
  const place: Progress = { customerId, startKey: nextKey, read: seen, after: upTo };
  const months = nextKey ? [] : compareMonth(customerId, month, seen);
  return {
    after: { ...compared.after, progress: place },
    differences: [...compared.differences, ...months],
    last: false,
  };
}

/** Lines up to a place beside the records that belong there. A record that the index does not show yet is found by the id of its line. */
async function compareWith(
  before: Reconciliation,
  shown: readonly ExpenditureRecord[],
  by: SettledBy,
  { upTo, customerId }: { readonly upTo: string; readonly customerId?: string },
) {
  const { after } = before.progress;
  const lines = await linesBetween(before.billId, after, upTo);
  const known = new Set(shown.map(({ recordId }) => recordId));
  const unknown = lines.filter(({ charge }) => !known.has(charge.recordId));
  const found = (await Promise.all(unknown.map(({ charge }) => loadRecord(charge.recordId)))).filter(
    (record) => record !== undefined && record.customerId === customerId && isThere(record, before, { after, upTo }),
  );
  const records = [...shown, ...found.filter((record) => record !== undefined)];
  const read = sumOfRecords(records);
  const compared: Reconciliation = {
    ...before,
    records: addFrozen(before.records, read),
    linesAtList: addFrozen(before.linesAtList, sumOfRecords(lines.map(({ charge }) => charge))),
    lines: join(before.lines, totalsOf(lines)),
    progress: { ...before.progress, after: upTo },
  };
  const expected = await settled(records, before, by);
  return { after: compared, differences: compareLines(expected, lines, by.taxComponents), read };
}

function isThere(
  record: ExpenditureRecord,
  { partnerId, cycle }: Reconciliation,
  { after, upTo }: { readonly after: string; readonly upTo: string },
): boolean {
  const sort = lineSort(record);
  const billed =
    record.partnerId === partnerId && record.billingCycle === cycle && record.associationType === 'reseller';
  return billed && sort > after && sort <= upTo;
}

/** By the functions and the rules of the bill. */
async function settled(
  records: readonly ExpenditureRecord[],
  { partnerId, cycle }: Reconciliation,
  { discountVersion }: SettledBy,
): Promise<Expected[]> {
  const [first] = records;
  if (!first) return [];
  const customers = { first: first.customerId, last: first.customerId };
  const rulesFor = await startSettling({ partnerId, cycle, discountVersion, customers });
  const rules = await rulesFor(records);
  return records.map((record) => ({ record, settlement: settle(record, rules).amount }));
}

function totalsOf(lines: readonly BillLine[]) {
  const totals = startTotals();
  for (const { charge, settlement, amounts, couponUsages } of lines) {
    addLine(totals, charge.billType, settlement.amount, amounts);
    addUses(totals, couponUsages);
  }
  return totals;
}

async function linesBetween(billId: string, after: string, upTo: string): Promise<BillLine[]> {
  const lines: BillLine[] = [];
  let place = after;
  for (;;) {
    const { pages, more } = await listPages(billId, `${place}${BEHIND}`, PAGES_A_READ);
    for (const line of pages.flatMap((page) => page.lines)) {
      const sort = lineSort(line.charge);
      if (sort > upTo) return lines;
      if (sort > place) lines.push(line);
    }
    const end = pages.at(-1)?.key;
    if (!more || end === undefined) return lines;
    place = end;
  }
}
