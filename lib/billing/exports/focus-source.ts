import { loadCustomers } from '#lib/customers/index.ts';
import { loadRecord } from '#lib/expenditures/index.ts';
import type { Money } from '#lib/shared/money.ts';
import type { IssuedBill } from '../debt.ts';
import { FOCUS_COLUMNS, toCells } from '../focus/columns.ts';
import { lineToRow, taxToRow } from '../focus/focus-row.ts';
import type { BillLine } from '../line.ts';
import { lineSort } from '../line-page.ts';
import { linesAfter } from './bill-sources.ts';
import type { Row, RowSource } from './source.ts';

/** Sorts behind every line. */
const TAX = '~tax#';

/** The lines of a bill in the FOCUS 1.2 format, and behind them a row for each tax component of the bill. */
export const focusSource = (bill: IssuedBill): RowSource => ({
  name: `bill-details-focus-${bill.cycle}`,
  titles: FOCUS_COLUMNS,
  figures: new Set(),
  verbatim: true,
  async *read(after) {
    if (!after.startsWith(TAX)) {
      const toRows = rowMaker(bill);
      for await (const lines of linesAfter(bill.billId, after)) yield toRows(lines);
    }
    const taxes = Object.entries(bill.taxByComponent).toSorted(([a], [b]) => (a < b ? -1 : 1));
    yield taxes.map(([code, amount]) => taxRow(bill, code, amount)).filter(({ place }) => place > after);
  },
});

const taxRow = (bill: IssuedBill, code: string, amount: Money): Row => ({
  cells: toCells(taxToRow(bill, code, amount)),
  place: `${TAX}${code}`,
});

function rowMaker(bill: IssuedBill): (lines: readonly BillLine[]) => Promise<readonly Row[]> {
  const accounts = new Map<string, string>();
  return async (lines) => {
    const unknown = new Set(lines.map(({ charge }) => charge.customerId).filter((id) => !accounts.has(id)));
    for (const { customerId, accountId } of await loadCustomers([...unknown])) accounts.set(customerId, accountId);
    const corrections = await correctionsIn(bill, lines);
    return lines.map((line) => {
      const { customerId } = line.charge;
      const facts = { accountId: accounts.get(customerId) ?? customerId, corrects: corrections.has(line.lineId) };
      return { cells: toCells(lineToRow(bill, line, facts)), place: lineSort(line.charge) };
    });
  };
}

/** Refunds of what an earlier bill charged. */
async function correctionsIn(bill: IssuedBill, lines: readonly BillLine[]): Promise<ReadonlySet<string>> {
  const refunds = lines.filter(({ settlement }) => settlement.originalRecordId !== undefined);
  const found = await Promise.all(
    refunds.map(async ({ lineId, settlement }) => {
      const original = await loadRecord(settlement.originalRecordId ?? '');
      return original && original.billingCycle < bill.cycle ? [lineId] : [];
    }),
  );
  return new Set(found.flat());
}
