import {
  type AccountName,
  bookings,
  credit,
  creditedEvent,
  debit,
  loadAccount,
  type Posting,
} from '#lib/ledger/index.ts';
import { derivedId } from '#lib/shared/ids.ts';
import type { Money } from '#lib/shared/money.ts';
import type { OutgoingEvent } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import type { Repayment } from '../repayment.ts';
import { loadRepayment, putNewRepayment } from '../repayment-store.ts';

/** Money that comes into a partner's account from elsewhere than a card. */
export interface TopUp {
  readonly partnerId: string;
  readonly method: 'bank-transfer' | 'incentive-top-up';
  readonly currency: string;
  readonly amount: Money;
  /** What it comes from, such as a claim or an incentive payout; the same one tops up once. */
  readonly reference: string;
  readonly remarks?: string;
}

const SOURCES: Readonly<Record<TopUp['method'], AccountName>> = {
  'bank-transfer': 'bank-clearing',
  'incentive-top-up': 'incentives',
};

const repaymentIdOf = ({ method, reference }: Pick<TopUp, 'method' | 'reference'>): string =>
  derivedId('rep', method, reference);

/** A top-up as part of the transaction of what causes it; who hears of it applies the balance to open bills (FIN-82, FIN-87). */
export async function topUp(
  wish: TopUp,
  now: Instant,
): Promise<{ repayment: Repayment; writes: Write[]; events: OutgoingEvent[] }> {
  const { partnerId, method, currency, amount } = wish;
  const repaymentId = repaymentIdOf(wish);
  const posting: Posting = {
    postingId: `${repaymentId}:top-up`,
    partnerId,
    kind: 'account.credited',
    reference: repaymentId,
    legs: [debit(SOURCES[method], currency, amount), credit('cash', currency, amount)],
    remarks: wish.remarks,
    statement: { type: 'Top-up', orderOrTransactionId: wish.reference },
  };
  const booked = bookings(await loadAccount(partnerId), [posting], now);
  const repayment: Repayment = {
    repaymentId,
    partnerId,
    method,
    currency,
    amount,
    allocations: [],
    status: 'succeeded',
    createdAt: now,
    settledAt: now,
    transactionNos: booked.statements.map(({ transactionNo }) => transactionNo),
    version: 1,
  };
  return {
    repayment,
    writes: [putNewRepayment(repayment), ...booked.writes],
    events: booked.statements.map(creditedEvent),
  };
}

/** Incentive earnings that a partner takes as balance (FIN-87); the same payout a second time changes nothing. */
export const topUpFromIncentive = (wish: Omit<TopUp, 'method'>, now: Instant): Promise<Repayment> =>
  redecide(async () => {
    const whole = { ...wish, method: 'incentive-top-up' } as const;
    const done = await loadRepayment({ partnerId: wish.partnerId, repaymentId: repaymentIdOf(whole) });
    if (done) return done;
    const { repayment, writes, events } = await topUp(whole, now);
    const { partnerId, amount, currency, reference } = whole;
    await transact({ writes, events, trace: { partnerId, after: { amount, currency, reference } } });
    return repayment;
  });
