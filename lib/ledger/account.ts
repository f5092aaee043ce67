import { Refusal } from '#lib/shared/errors.ts';
import { add, type Money, negate, roundHalfUp, ZERO } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ledgerErrors } from './errors.ts';
import { balanced, isShown, type Leg, merged, type Posting, placeOf, type StatementType } from './posting.ts';

/** Balances of a partner, each the sum of the legs posted to it. */
export interface FinanceAccount {
  readonly partnerId: string;
  /** By `<account>@<currency>`; debits above 0. */
  readonly balances: Readonly<Record<string, Money>>;
  /** How many statement entries there are; moved, and conditioned on, by what moves cash. */
  readonly entries: number;
  /** Time of the last statement entry; entries are in the order of their times. */
  readonly lastEntryAt?: Instant;
}

/** One row of the partner's statement (FIN-75, FIN-142). */
export interface StatementEntry {
  readonly partnerId: string;
  readonly transactionNo: string;
  readonly transactionTime: Instant;
  readonly direction: 'Income' | 'Expenditure';
  readonly type: StatementType;
  readonly account: 'cash' | 'subaccount';
  readonly currency: string;
  /** Signed: what comes in is above 0. */
  readonly amount: Money;
  /** Of that account, after the entry. */
  readonly balance: Money;
  readonly orderOrTransactionId?: string;
  readonly remarks?: string;
  readonly postingId: string;
}

/** Money that the partner has on an account; never below 0. */
export const cashOf = (
  { balances }: Pick<FinanceAccount, 'balances'>,
  currency: string,
  account: 'cash' | 'subaccount' = 'cash',
): Money => negate(balances[placeOf({ account, currency })] ?? ZERO);

export interface Booked {
  readonly after: FinanceAccount;
  readonly postings: readonly Posting[];
  readonly statements: readonly StatementEntry[];
}

/**
 * Postings of one partner, one after the other: numbers follow each other, each entry shows the balance behind it.
 * @throws Refusal BALANCE_TOO_SMALL when one of them would take more from an account than there is
 */
export function book(account: FinanceAccount, postings: readonly Posting[], now: Instant): Booked {
  const at = account.lastEntryAt !== undefined && account.lastEntryAt > now ? account.lastEntryAt : now;
  const checked = postings.map(balanced);
  const statements: StatementEntry[] = [];
  let after = account;
  for (const posting of checked) {
    after = { ...after, balances: moved(after.balances, posting.legs) };
    for (const leg of posting.legs) {
      if (!isShown(leg.account) || !posting.statement) continue;
      after = { ...after, entries: after.entries + 1, lastEntryAt: at };
      statements.push(entryOf(posting, { ...leg, account: leg.account }, after, at));
    }
  }
  return { after, postings: checked, statements };
}

function entryOf(
  { partnerId, postingId, statement, remarks }: Posting,
  leg: Leg & { readonly account: 'cash' | 'subaccount' },
  after: FinanceAccount,
  at: Instant,
): StatementEntry {
  const balance = cashOf(after, leg.currency, leg.account);
  if (balance < 0n) throw new Refusal(ledgerErrors.BALANCE_TOO_SMALL);
  const amount = negate(leg.amount);
  if (amount !== roundHalfUp(amount, 2)) throw new RangeError(`posting ${postingId} moves a fraction of a cent`);
  if (!statement) throw new RangeError(`posting ${postingId} has no statement`);
  return {
    partnerId,
    transactionNo: transactionNo(after.entries),
    transactionTime: at,
    direction: amount > 0n ? 'Income' : 'Expenditure',
    type: statement.type,
    account: leg.account,
    currency: leg.currency,
    amount,
    balance,
    orderOrTransactionId: statement.orderOrTransactionId,
    remarks,
    postingId,
  };
}

/** `AC-000000231-0`: ascending per partner, without gaps. */
const transactionNo = (entry: number): string => `AC-${String(entry).padStart(9, '0')}-0`;

function moved(balances: FinanceAccount['balances'], legs: readonly Leg[]): Record<string, Money> {
  const after = { ...balances };
  for (const leg of legs) after[placeOf(leg)] = add(after[placeOf(leg)] ?? ZERO, leg.amount);
  return after;
}

/** What several postings move together, one leg per account and currency. */
export const movementOf = (postings: readonly Posting[]): Leg[] => merged(postings.flatMap(({ legs }) => legs));
