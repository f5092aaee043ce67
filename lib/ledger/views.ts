import * as z from 'zod';
import { exactText, fixedText, type Money, negate, sum, ZERO } from '#lib/shared/money.ts';
import { cashOf, type FinanceAccount, type StatementEntry } from './account.ts';
import type { KeptPosting } from './ledger-store.ts';
import { STATEMENT_TYPES } from './posting.ts';

const money = z.string().meta({ description: '2 decimals' });

/** FIN-144, FIN-182: one row of the income and expense of a partner's account. */
export const statementView = z.object({
  transactionNo: z.string(),
  transactionTime: z.string(),
  direction: z.enum(['Income', 'Expenditure']),
  transactionType: z.enum(STATEMENT_TYPES),
  account: z.enum(['account', 'subaccount']),
  orderOrTransactionId: z.string().nullable(),
  currency: z.string(),
  amount: z.string().meta({ description: 'Signed, as +30.00 or -30.00' }),
  balance: money.meta({ description: 'Of that account after the entry' }),
  remarks: z.string().nullable(),
});

export const toStatementView = (entry: StatementEntry): z.input<typeof statementView> => ({
  transactionNo: entry.transactionNo,
  transactionTime: entry.transactionTime,
  direction: entry.direction,
  transactionType: entry.type,
  account: kindOf(entry.account),
  orderOrTransactionId: entry.orderOrTransactionId ?? null,
  currency: entry.currency,
  amount: `${entry.amount > 0n ? '+' : ''}${fixedText(entry.amount, 2)}`,
  balance: fixedText(entry.balance, 2),
  remarks: entry.remarks ?? null,
});

const kindOf = (account: StatementEntry['account']): 'account' | 'subaccount' =>
  account === 'cash' ? 'account' : 'subaccount';

export const accountView = z.object({
  partnerId: z.string(),
  accounts: z.array(z.object({ kind: z.enum(['account', 'subaccount']), currency: z.string(), balance: money })),
});

/** The partner's money by account and currency; `currency`, that of its bills, is always there. */
export function toAccountView(account: FinanceAccount, currency: string): z.input<typeof accountView> {
  const currencies = new Set([currency, ...Object.keys(account.balances).map((place) => place.split('@')[1] ?? '')]);
  const rows = (['cash', 'subaccount'] as const).flatMap((name) =>
    [...currencies].map((each) => ({ kind: kindOf(name), currency: each, amount: cashOf(account, each, name) })),
  );
  return {
    partnerId: account.partnerId,
    accounts: rows
      .filter((row) => row.amount !== ZERO || (row.kind === 'account' && row.currency === currency))
      .map(({ amount, ...row }) => ({ ...row, balance: fixedText(amount, 2) })),
  };
}

const side = z.string().meta({ description: 'Exact' });

export const trialBalanceView = z.object({
  partnerId: z.string().nullable(),
  rows: z.array(z.object({ account: z.string(), currency: z.string(), debit: side, credit: side })),
  totals: z.array(z.object({ currency: z.string(), debit: side, credit: side, balanced: z.boolean() })),
});

/** Balances as two columns; debits and credits come to the same in every currency. */
export function toTrialBalanceView(
  balances: Readonly<Record<string, Money>>,
  partnerId?: string,
): z.input<typeof trialBalanceView> {
  const rows = Object.entries(balances)
    .map(([place, amount]) => ({ account: place.split('@')[0] ?? '', currency: place.split('@')[1] ?? '', amount }))
    .sort((a, b) => (`${a.currency} ${a.account}` < `${b.currency} ${b.account}` ? -1 : 1));
  const totals = [...new Set(rows.map(({ currency }) => currency))].map((currency) => {
    const amounts = rows.filter((row) => row.currency === currency).map(({ amount }) => amount);
    const debits = sum(amounts.filter((amount) => amount > 0n));
    const credits = negate(sum(amounts.filter((amount) => amount < 0n)));
    return { currency, debit: exactText(debits), credit: exactText(credits), balanced: debits === credits };
  });
  return {
    partnerId: partnerId ?? null,
    rows: rows.map(({ amount, ...row }) => ({ ...row, ...sides(amount) })),
    totals,
  };
}

const sides = (amount: Money) => ({
  debit: exactText(amount > 0n ? amount : ZERO),
  credit: exactText(amount < 0n ? negate(amount) : ZERO),
});

export const postingView = z.object({
  postingId: z.string(),
  postedAt: z.string(),
  kind: z.string(),
  reference: z.string(),
  legs: z.array(z.object({ account: z.string(), currency: z.string(), debit: side, credit: side })),
  remarks: z.string().nullable(),
});

export const toPostingView = (posting: KeptPosting): z.input<typeof postingView> => ({
  postingId: posting.postingId,
  postedAt: posting.postedAt,
  kind: posting.kind,
  reference: posting.reference,
  legs: posting.legs.map(({ account, currency, amount }) => ({ account, currency, ...sides(amount) })),
  remarks: posting.remarks ?? null,
});
