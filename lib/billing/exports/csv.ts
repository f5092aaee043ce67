import { harmless, toCsv } from '#lib/shared/exports/csv.ts';
import { maskName } from '#lib/shared/masking.ts';
import { exactText, fixedText } from '#lib/shared/money.ts';
import { paymentDecimals } from '../bill.ts';
import { businessTime } from '../business-time.ts';
import { COLUMNS } from '../columns.ts';
import type { IssuedBill } from '../debt.ts';
import type { BillLine } from '../line.ts';

/** Identity columns of the bill details; whoever gets the file learns no name (FIN-159, spec note 14). */
const IDENTITIES: ReadonlySet<string> = new Set(['customerName', 'accountName']);

export const detailHeader = (): string => toCsv([COLUMNS.map(({ title }) => title)]);

export const detailRows = (lines: readonly BillLine[]): string => toCsv(lines.map(detailRow));

const detailRow = (line: BillLine): string[] =>
  COLUMNS.map(({ field, of }) => {
    const text = of(line) ?? '';
    return harmless(IDENTITIES.has(field) && text !== '' ? maskName(text) : text);
  });

interface BillColumn {
  readonly title: string;
  readonly of: (bill: IssuedBill) => string;
}

const billColumn = (title: string, of: BillColumn['of']): BillColumn => ({ title, of });
const payment = (bill: IssuedBill, amount: IssuedBill['credit']): string =>
  exactText(amount, paymentDecimals(bill.paymentCurrency));

/** Money with 2 decimals in the list of bills (FIN-160). */
const BILL_COLUMNS: readonly BillColumn[] = [
  billColumn('Billing Cycle', ({ cycle }) => cycle),
  billColumn('Bill ID', ({ billId }) => billId),
  billColumn('Status', ({ debt }) => debt.status),
  billColumn('Currency', ({ currency }) => currency),
  billColumn('Expenditures', ({ expenditures }) => fixedText(expenditures, 2)),
  billColumn('Refunds', ({ refunds }) => fixedText(refunds, 2)),
  billColumn('Adjustments', ({ adjustments }) => fixedText(adjustments, 2)),
  billColumn('Coupons Used', ({ couponsUsed }) => fixedText(couponsUsed, 2)),
  billColumn('Tax', ({ tax }) => fixedText(tax, 2)),
  billColumn('Bill Amount', ({ billAmountExact }) => fixedText(billAmountExact, 2)),
  billColumn('Amount Due', ({ amountDue }) => fixedText(amountDue, 2)),
  billColumn('Payment Currency', ({ paymentCurrency }) => paymentCurrency),
  billColumn('Exchange Rate', ({ exchangeRate }) => exactText(exchangeRate, 4)),
  billColumn('Amount Due (Payment Currency)', (bill) => payment(bill, bill.amountDuePayment)),
  billColumn('Credit (Payment Currency)', (bill) => payment(bill, bill.credit)),
  billColumn('Issued', ({ issuedAt }) => businessTime(issuedAt)),
  billColumn('Due', ({ dueAt }) => businessTime(dueAt)),
  billColumn('Late', ({ late }) => (late ? 'Yes' : 'No')),
];

export const billsFile = (bills: readonly IssuedBill[]): string =>
  toCsv([BILL_COLUMNS.map(({ title }) => title), ...bills.map((bill) => BILL_COLUMNS.map(({ of }) => of(bill)))]);
