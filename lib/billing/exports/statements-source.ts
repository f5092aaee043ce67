import { listStatements, type StatementType, type toStatementView } from '#lib/ledger/index.ts';
import { fixedText } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { businessTime } from '../business-time.ts';
import { NOT_APPLICABLE, pagesOf, type RowSource } from './source.ts';

/** FIN-158: the records of a search, or those of them that were picked. */
export interface StatementsWished {
  readonly from: Instant;
  readonly to: Instant;
  readonly types?: readonly StatementType[];
  readonly transactionNos?: readonly string[];
}

type Entry = Parameters<typeof toStatementView>[0];
const ROWS_A_READ = 1_000;

/** As the screen shows them, money with 2 decimals (FIN-160); without a plus sign, which makes a figure a text. */
const COLUMNS: readonly { readonly title: string; readonly of: (entry: Entry) => string }[] = [
  { title: 'Transaction No.', of: ({ transactionNo }) => transactionNo },
  { title: 'Transaction Time', of: ({ transactionTime }) => businessTime(transactionTime) },
  { title: 'Income or Expenditure', of: ({ direction }) => direction },
  { title: 'Transaction Type', of: ({ type }) => type },
  { title: 'Account', of: ({ account }) => (account === 'cash' ? 'account' : 'subaccount') },
  { title: 'Order/Transaction ID', of: ({ orderOrTransactionId }) => orderOrTransactionId ?? NOT_APPLICABLE },
  { title: 'Currency', of: ({ currency }) => currency },
  { title: 'Amount', of: ({ amount }) => fixedText(amount, 2) },
  { title: 'Balance', of: ({ balance }) => fixedText(balance, 2) },
  { title: 'Remarks', of: ({ remarks }) => remarks ?? NOT_APPLICABLE },
];

/** The newest first, as in the list. */
export function statementsSource(partnerId: string, { transactionNos, ...range }: StatementsWished): RowSource {
  const picked = transactionNos && new Set(transactionNos);
  const page = async (startKey: Record<string, unknown> | undefined) => {
    const { entries, nextKey } = await listStatements(partnerId, range, { limit: ROWS_A_READ, startKey });
    return { entries: entries.filter((entry) => !picked || picked.has(entry.transactionNo)), nextKey };
  };
  const toRow = (entry: Entry) => ({ cells: COLUMNS.map(({ of }) => of(entry)), place: entry.transactionNo });
  return {
    name: 'statements',
    titles: COLUMNS.map(({ title }) => title),
    figures: new Set(['Amount', 'Balance']),
    read: (after) => pagesOf(page, toRow, after),
  };
}
