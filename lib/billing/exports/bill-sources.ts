import { maskName } from '#lib/shared/masking.ts';
import { exactText, fixedText } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { paymentDecimals } from '../bill.ts';
import { listBills } from '../bill-store.ts';
import { businessTime } from '../business-time.ts';
import { COLUMNS } from '../columns.ts';
import type { IssuedBill } from '../debt.ts';
import type { BillLine } from '../line.ts';
import { lineSort } from '../line-page.ts';
import { listPages } from '../line-page-store.ts';
import type { RowSource } from './source.ts';

const PAGES_A_READ = 5;
/** Identity columns of the bill details; whoever gets the file learns no name (FIN-159, spec note 14). */
const IDENTITIES: ReadonlySet<string> = new Set(['customerName', 'accountName']);
const AMOUNTS = ['expenditure', 'settlementAmount', 'couponsUsed', 'taxExclusiveDue', 'tax', 'due'];

/** The lines of a bill with their 56 columns. */
export const detailsSource = (bill: Pick<IssuedBill, 'billId' | 'cycle'>): RowSource => ({
  name: `bill-details-${bill.cycle}`,
  titles: COLUMNS.map(({ title }) => title),
  figures: new Set(COLUMNS.filter(({ field }) => AMOUNTS.includes(field)).map(({ title }) => title)),
  async *read(after) {
    for await (const lines of linesAfter(bill.billId, after)) {
      yield lines.map((line) => ({ cells: detailCells(line), place: lineSort(line.charge) }));
    }
  },
});

export const detailCells = (line: BillLine): string[] =>
  COLUMNS.map(({ field, of }) => {
    const text = of(line) ?? '';
    return IDENTITIES.has(field) && text !== '' ? maskName(text) : text;
  });

/** Pages of a bill from behind a line on. */
export async function* linesAfter(billId: string, after: string): AsyncGenerator<readonly BillLine[]> {
  let from = after;
  for (let more = true; more; ) {
    const answer = await listPages(billId, from, PAGES_A_READ);
    for (const page of answer.pages) {
      yield page.lines.filter((line) => lineSort(line.charge) > after);
      from = `${page.key}\u0001`;
    }
    more = answer.more;
  }
}

interface BillColumn {
  readonly title: string;
  readonly of: (bill: IssuedBill) => string;
}

const billColumn = (title: string, of: BillColumn['of']): BillColumn => ({ title, of });
const payment = (bill: IssuedBill, amount: IssuedBill['credit']): string =>
  exactText(amount, paymentDecimals(bill.paymentCurrency));

/** Money with 2 decimals in the list of bills (FIN-160). */
const BILL_AMOUNTS: readonly BillColumn[] = [
  billColumn('Expenditures', ({ expenditures }) => fixedText(expenditures, 2)),
  billColumn('Refunds', ({ refunds }) => fixedText(refunds, 2)),
  billColumn('Adjustments', ({ adjustments }) => fixedText(adjustments, 2)),
  billColumn('Coupons Used', ({ couponsUsed }) => fixedText(couponsUsed, 2)),
  billColumn('Tax', ({ tax }) => fixedText(tax, 2)),
  billColumn('Bill Amount', ({ billAmountExact }) => fixedText(billAmountExact, 2)),
  billColumn('Amount Due', ({ amountDue }) => fixedText(amountDue, 2)),
];
const PAYMENT_AMOUNTS: readonly BillColumn[] = [
  billColumn('Amount Due (Payment Currency)', (bill) => payment(bill, bill.amountDuePayment)),
  billColumn('Credit (Payment Currency)', (bill) => payment(bill, bill.credit)),
  billColumn('Paid (Payment Currency)', (bill) => payment(bill, bill.debt.paidAmount)),
  billColumn('Outstanding (Payment Currency)', (bill) => payment(bill, bill.debt.outstanding)),
];
const BILL_COLUMNS: readonly BillColumn[] = [
  billColumn('Billing Cycle', ({ cycle }) => cycle),
  billColumn('Bill ID', ({ billId }) => billId),
  billColumn('Status', ({ debt }) => debt.status),
  billColumn('Currency', ({ currency }) => currency),
  ...BILL_AMOUNTS,
  billColumn('Payment Currency', ({ paymentCurrency }) => paymentCurrency),
  billColumn('Exchange Rate', ({ exchangeRate }) => exactText(exchangeRate, 4)),
  ...PAYMENT_AMOUNTS,
  billColumn('Invoices', ({ debt }) => debt.invoiceNos.join(' ')),
  billColumn('Issued', ({ issuedAt }) => businessTime(issuedAt)),
  billColumn('Due', ({ dueAt }) => businessTime(dueAt)),
  billColumn('Late', ({ late }) => (late ? 'Yes' : 'No')),
];

/** The bills of a range of months, the oldest first: at most twelve rows (FIN-156). */
export const billsSource = (
  partnerId: string,
  range: { readonly fromCycle: BillingMonth; readonly toCycle: BillingMonth },
): RowSource => ({
  name: `bills-${range.fromCycle}-${range.toCycle}`,
  titles: BILL_COLUMNS.map(({ title }) => title),
  figures: new Set([...BILL_AMOUNTS, ...PAYMENT_AMOUNTS].map(({ title }) => title)),
  async *read() {
    const { bills } = await listBills(partnerId, { limit: 12 }, { from: range.fromCycle, to: range.toCycle });
    yield bills.toReversed().map((bill) => ({ cells: BILL_COLUMNS.map(({ of }) => of(bill)), place: bill.cycle }));
  },
});
