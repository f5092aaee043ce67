import { newId } from '#lib/shared/ids.ts';
import type { Money } from '#lib/shared/money.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { StatementEntry } from './account.ts';
import { bookings, loadAccount } from './ledger-store.ts';
import { credit, debit } from './posting.ts';

export interface SubaccountWish {
  readonly amount: Money;
  readonly currency: string;
  readonly reason: string;
}

/**
 * FIN-142: out of the account, into the subaccount, as one change of the transaction mode.
 * @returns both entries of the statement
 * @throws Refusal BALANCE_TOO_SMALL
 */
export async function allocateToSubaccount(
  partnerId: string,
  { amount, currency, reason }: SubaccountWish,
  now: Instant,
): Promise<readonly StatementEntry[]> {
  const allocationId = newId('alo', now);
  const posting = {
    postingId: allocationId,
    partnerId,
    kind: 'subaccount.allocated',
    reference: allocationId,
    legs: [debit('cash', currency, amount), credit('subaccount', currency, amount)],
    statement: { type: 'Transaction mode change', orderOrTransactionId: allocationId },
    remarks: reason,
  } as const;
  return redecide(async () => {
    const { writes, statements } = bookings(await loadAccount(partnerId), [posting], now);
    await transact({ writes, trace: { partnerId, after: { allocationId, amount, currency, reason } } });
    return statements;
  });
}
