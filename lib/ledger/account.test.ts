import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/shared/errors.ts';
import { type Money, parseMoney, sum, ZERO } from '#lib/shared/money.ts';
import { instant, plus } from '#lib/shared/time.ts';
import { book, cashOf, type FinanceAccount, movementOf } from './account.ts';
import { type AccountName, balanced, credit, debit, type Posting } from './posting.ts';

const money = parseMoney;
const now = instant('2024-08-05T02:10:00+08:00');
const empty: FinanceAccount = { partnerId: 'par_1', balances: {}, entries: 230 };
const posting = (postingId: string, legs: Posting['legs'], statement?: Posting['statement']): Posting => ({
  postingId,
  partnerId: 'par_1',
  kind: 'test',
  reference: postingId,
  legs,
  statement,
});
const topUp = (id: string, amount: string) =>
  posting(id, [debit('card-clearing', 'USD', money(amount)), credit('cash', 'USD', money(amount))], { type: 'Top-up' });
const repayment = (id: string, amount: string) =>
  posting(id, [debit('cash', 'USD', money(amount)), credit('receivable', 'USD', money(amount))], {
    type: 'Expenditure (repayment)',
    orderOrTransactionId: id,
  });

describe('a posting', () => {
  it('FIN-167: is refused where debits and credits differ in any currency', () => {
    const legs = [debit('receivable', 'USD', money('1.00')), credit('revenue', 'HKD', money('1.00'))];
    expect(() => balanced(posting('p', legs))).toThrow(RangeError);
    expect(() => balanced(posting('p', [debit('receivable', 'USD', money('0.000000000001'))]))).toThrow(RangeError);
  });

  it('FIN-167: moves cash if, and only if, the statement shows it', () => {
    const { statement: _statement, ...silent } = topUp('p', '1.00');
    expect(() => balanced(silent)).toThrow(RangeError);
    const aside = [debit('coupons', 'USD', money('1.00')), credit('coupons-applied', 'USD', money('1.00'))];
    expect(() => balanced(posting('p', aside, { type: 'Refund' }))).toThrow(RangeError);
  });

  it('has one leg per account and currency, and none that moves nothing', () => {
    const legs = [
      debit('conversion', 'USD', money('1.005')),
      credit('conversion', 'USD', money('1.00')),
      credit('revenue', 'USD', money('1.005')),
      debit('receivable', 'USD', money('1.00')),
      credit('tax:VAT', 'USD', ZERO),
    ];
    expect(balanced(posting('p', legs)).legs.map(({ account, amount }) => [account, amount])).toEqual([
      ['conversion', money('0.005')],
      ['revenue', money('-1.005')],
      ['receivable', money('1.00')],
    ]);
  });
});

describe('the statement', () => {
  it('FIN-75, FIN example 20: a top-up of 30.00 and its repayment follow each other at the same time', () => {
    const { statements } = book(empty, [topUp('t', '30.00'), repayment('r', '30.00')], now);
    expect(statements).toMatchObject([
      {
        transactionNo: 'AC-000000231-0',
        type: 'Top-up',
        direction: 'Income',
        amount: money('30.00'),
        balance: money('30.00'),
      },
      {
        transactionNo: 'AC-000000232-0',
        type: 'Expenditure (repayment)',
        direction: 'Expenditure',
        amount: money('-30.00'),
        balance: ZERO,
        orderOrTransactionId: 'r',
      },
    ]);
    expect(new Set(statements.map(({ transactionTime }) => transactionTime))).toEqual(new Set([now]));
  });

  it('FIN-76: what is paid above the bills stays in the account', () => {
    const { after } = book(empty, [topUp('t', '50.00'), repayment('r', '30.00')], now);
    expect(cashOf(after, 'USD')).toBe(money('20.00'));
  });

  it('FIN-142: more than the account holds is refused, to the cent', () => {
    const { after } = book(empty, [topUp('t', '30.00')], now);
    expect(cashOf(book(after, [repayment('r', '30.00')], now).after, 'USD')).toBe(ZERO);
    expect(() => book(after, [repayment('r', '30.01')], now)).toThrow(Refusal);
    const hongKong = repayment('r', '1.00').legs.map((leg) => ({ ...leg, currency: 'HKD' }));
    expect(() => book(after, [{ ...repayment('r', '1.00'), legs: hongKong }], now)).toThrow(Refusal);
  });

  it('is never dated before the entry before it', () => {
    const { after } = book(empty, [topUp('t', '1.00')], now);
    const earlier = book(after, [topUp('u', '1.00')], plus(now, { seconds: -1 }));
    expect(earlier.statements[0]?.transactionTime).toBe(now);
  });

  it('FIN-160: moves whole cents', () => {
    expect(() => book(empty, [topUp('t', '0.001')], now)).toThrow(RangeError);
  });
});

it('FIN-167: whatever is posted, every currency comes to 0 and balances are the sums of their legs', () => {
  const accounts: AccountName[] = ['receivable', 'revenue', 'tax:VAT', 'conversion', 'coupons', 'coupons-applied'];
  const move = fc.record({
    from: fc.constantFrom(...accounts),
    to: fc.constantFrom(...accounts),
    currency: fc.constantFrom('USD', 'HKD'),
    amount: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map((n) => n as Money),
  });
  fc.assert(
    fc.property(fc.array(fc.array(move, { minLength: 1, maxLength: 4 }), { maxLength: 8 }), (batches) => {
      const postings = batches.map((moves, i) =>
        posting(
          `p${i}`,
          moves.flatMap(({ from, to, currency, amount }) => [
            debit(to, currency, amount),
            credit(from, currency, amount),
          ]),
        ),
      );
      const { after, postings: booked } = book(empty, postings, now);
      for (const currency of ['USD', 'HKD']) {
        const places = Object.entries(after.balances).filter(([place]) => place.endsWith(`@${currency}`));
        expect(sum(places.map(([, amount]) => amount))).toBe(ZERO);
      }
      for (const { account, currency, amount } of movementOf(booked)) {
        expect(after.balances[`${account}@${currency}`]).toBe(amount);
      }
    }),
  );
});
