import { expect, it } from 'vitest';
import {
  bookings,
  cashOf,
  credit,
  debit,
  listStatements,
  loadAccount,
  loadTrialBalance,
  type Posting,
  postingsAside,
  postingsOf,
} from '#lib/ledger/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { type Money, parseMoney, sum, ZERO } from '#lib/shared/money.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { type Instant, instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { asSystem, crashAtWrite, useStack } from '../support/index.ts';

useStack();

const money = parseMoney;
const ALWAYS = { from: instant('2000-01-01T00:00:00Z'), to: instant('2999-01-01T00:00:00Z') };

const moves = (partnerId: string, postingId: string, amount: Money): Posting => ({
  postingId,
  partnerId,
  kind: 'test',
  reference: postingId,
  legs: [debit(amount > 0n ? 'bank-clearing' : 'receivable', 'USD', amount), credit('cash', 'USD', amount)],
  statement: { type: amount > 0n ? 'Top-up' : 'Expenditure (repayment)' },
});

/** Posts under whatever the account is at that instant, again when another was faster. */
const post = (partnerId: string, ...postings: Posting[]) =>
  asSystem((now: Instant) =>
    redecide(async () => {
      const { writes } = bookings(await loadAccount(partnerId), postings, now);
      await transact({ writes });
    }),
  );

const statementOf = async (partnerId: string) =>
  (await listStatements(partnerId, ALWAYS, { limit: 300, oldestFirst: true })).entries;

/** Every balance is the sum of the legs that were posted to it, and each currency comes to 0. */
async function expectSums(partnerId: string): Promise<void> {
  const sums = new Map<string, Money>();
  for await (const { legs } of postingsOf(partnerId)) {
    for (const { account, currency, amount } of legs) {
      const place = `${account}@${currency}`;
      sums.set(place, sum([sums.get(place) ?? ZERO, amount]));
    }
  }
  const { balances } = await loadAccount(partnerId);
  expect(balances).toEqual(Object.fromEntries(sums));
  expect(sum([...sums.values()])).toBe(ZERO);
}

it('FIN-167: 200 debits at once take what is there and not a cent more', { timeout: 120_000 }, async () => {
  await post('par_rush', moves('par_rush', 'top-up', money('20.00')));
  const debits = Array.from({ length: 200 }, async (_, i) => {
    for (;;) {
      try {
        await post('par_rush', moves('par_rush', `debit-${i}`, money('-1.00')));
        return 'taken';
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (error.definition.code === 'BALANCE_TOO_SMALL') return 'refused';
        expect(error.definition.code).toBe('CONCURRENT_CHANGE'); // a caller would try again, and so does this one
      }
    }
  });
  const outcomes = await Promise.all(debits);
  expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(20);
  const entries = await statementOf('par_rush');
  expect(entries.map(({ transactionNo }) => transactionNo)).toEqual(
    Array.from({ length: 21 }, (_, i) => `AC-${String(i + 1).padStart(9, '0')}-0`),
  );
  expect(entries.map(({ balance }) => balance)).toEqual(
    [20, ...Array.from({ length: 20 }, (_, i) => 19 - i)].map((whole) => money(`${whole}.00`)),
  );
  expect(cashOf(await loadAccount('par_rush'), 'USD')).toBe(ZERO);
  await expectSums('par_rush');
});

it('FIN-167: a cause is posted once, whoever comes second', async () => {
  await post('par_twice', moves('par_twice', 'transfer-1', money('10.00')));
  await expect(post('par_twice', moves('par_twice', 'transfer-1', money('10.00')))).rejects.toThrow();
  expect(cashOf(await loadAccount('par_twice'), 'USD')).toBe(money('10.00'));
  const aside: Posting = {
    postingId: 'coupon-1',
    partnerId: 'par_twice',
    kind: 'coupon.issued',
    reference: 'CP1',
    legs: [debit('coupon-expense', 'USD', money('5')), credit('coupons', 'USD', money('5'))],
  };
  const issue = () => asSystem((now) => transact({ writes: postingsAside('par_twice', [aside], now) }));
  await issue();
  await expect(issue()).rejects.toThrow(ConditionFailed);
  await expectSums('par_twice');
});

it('FIN-167: what dies before its commit has moved nothing', async () => {
  await post('par_crash', moves('par_crash', 'before', money('10.00')));
  {
    using crash = crashAtWrite(1, 'before');
    await expect(post('par_crash', moves('par_crash', 'during', money('-4.00')))).rejects.toThrow();
    expect(crash.struck).toBe(true);
  }
  expect(cashOf(await loadAccount('par_crash'), 'USD')).toBe(money('10.00'));
  await post('par_crash', moves('par_crash', 'during', money('-4.00')));
  expect((await statementOf('par_crash')).map(({ balance }) => balance)).toEqual([money('10.00'), money('6.00')]);
  await expectSums('par_crash');
});

it('FIN-167: the trial balance of all partners comes to 0', async () => {
  for (const partnerId of ['par_a', 'par_b', 'par_c']) await post(partnerId, moves(partnerId, 't', money('7.00')));
  const balances = await loadTrialBalance();
  expect(sum(Object.values(balances))).toBe(ZERO);
  expect(balances['bank-clearing@USD']).toBe(money('61.00')); // 20 + 10 + 10 + 7 × 3
});
