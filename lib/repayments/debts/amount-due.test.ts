import { expect, it } from 'vitest';
import type { IssuedBill } from '#lib/billing/index.ts';
import { parseMoney, ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import { amountsDue } from './amount-due.ts';

const month = (text: string) => text as BillingMonth;
const now = instant('2024-08-25T10:00:00+08:00');

function bill(cycle: string, outstanding: string, dueAt: string, wish: { currency?: string; review?: string } = {}) {
  const { currency = 'USD', review = '0' } = wish;
  const debt = { outstanding: parseMoney(outstanding), whtPending: parseMoney(review) };
  return { cycle: month(cycle), paymentCurrency: currency, dueAt: instant(dueAt), debt } as IssuedBill;
}
const june = bill('2024-06', '900.00', '2024-07-20T23:59:59+08:00');
const july = bill('2024-07', '10444.73', '2024-08-25T23:59:59+08:00');
const latest = { latestCycle: month('2024-07'), currency: 'USD' };

it('FIN-143, FIN-164, FIN-173: latest and previous cycles; overdue is what its own due date says, the older one here', () => {
  expect(amountsDue([june, july], latest, now)).toEqual([
    {
      currency: 'USD',
      total: parseMoney('11344.73'),
      latestCycle: parseMoney('10444.73'),
      previousCycles: parseMoney('900'),
      overdue: parseMoney('900'),
    },
  ]);
});

it('FIN-143, FIN-174: with nothing due the currency is shown with zeros; a paid newest bill is 0, not the one before it', () => {
  const zeros = { total: ZERO, latestCycle: ZERO, previousCycles: ZERO, overdue: ZERO };
  expect(amountsDue([], { latestCycle: undefined, currency: 'HKD' }, now)).toEqual([{ currency: 'HKD', ...zeros }]);
  expect(amountsDue([june], latest, now)).toMatchObject([{ latestCycle: ZERO, previousCycles: parseMoney('900') }]);
});

it('FIN-49: debts in another currency stay apart, after the one of the newest bill', () => {
  const old = bill('2024-05', '70.00', '2024-06-20T23:59:59+08:00', { currency: 'HKD' });
  const amounts = amountsDue([old, july], latest, now);
  expect(amounts.map(({ currency, total }) => [currency, total])).toEqual([
    ['USD', parseMoney('10444.73')],
    ['HKD', parseMoney('70')],
  ]);
});

it('FIN-126: a certificate under review is owed but not overdue', () => {
  const reviewed = bill('2024-06', '10.00', '2024-07-20T23:59:59+08:00', { review: '10.00' });
  const partly = bill('2024-05', '30.00', '2024-06-20T23:59:59+08:00', { review: '10.00' });
  expect(amountsDue([reviewed, partly], latest, now)).toMatchObject([
    { total: parseMoney('40'), overdue: parseMoney('20') },
  ]);
});
