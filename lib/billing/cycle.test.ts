import { describe, expect, it } from 'vitest';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import { aCharge } from '../../tests/billing/charges.ts';
import { dueAtOf, isClosed, isLate, isPastDue, issueDayOf, lastInstantOf, regimeOf, ruleTimeOf } from './cycle.ts';

const JULY = '2024-07' as BillingMonth;
const AUGUST = '2024-08' as BillingMonth;

describe('the cycle', () => {
  it('FIN-08: ends with the first instant of the next month in GMT+08:00', () => {
    expect(lastInstantOf(JULY)).toBe(instant('2024-07-31T23:59:59.999+08:00'));
    expect(isClosed(JULY, instant('2024-07-31T23:59:59.999+08:00'))).toBe(false);
    expect(isClosed(JULY, instant('2024-08-01T00:00:00+08:00'))).toBe(true);
  });

  it('FIN-66: its bill is issued on the 5th of the next month, over the turn of the year too', () => {
    expect(issueDayOf(JULY)).toBe('2024-08-05');
    expect(issueDayOf('2024-12' as BillingMonth)).toBe('2025-01-05');
  });

  it.each([
    ['2024-08-05T11:59:59.999+08:00', false],
    ['2024-08-05T12:00:00+08:00', true],
    ['2024-08-06T02:00:00+08:00', true],
  ])('FIN-20: a bill issued at %s is late: %s', (issuedAt, late) => {
    expect(isLate(JULY, instant(issuedAt))).toBe(late);
  });
});

describe('the due date', () => {
  it.each([
    ['2024-08-05T02:10:00+08:00', '2024-08-20T23:59:59+08:00'],
    ['2024-08-05T23:30:00+08:00', '2024-08-20T23:59:59+08:00'],
    ['2024-08-06T00:00:00+08:00', '2024-08-21T23:59:59+08:00'],
    ['2025-02-20T09:00:00+08:00', '2025-03-07T23:59:59+08:00'],
  ])('FIN-162: issued %s, due %s', (issuedAt, dueAt) => {
    expect(dueAtOf(instant(issuedAt))).toBe(instant(dueAt));
  });

  it.each([
    [0, '2024-08-05T23:59:59+08:00'],
    [30, '2024-09-04T23:59:59+08:00'],
    [90, '2024-11-03T23:59:59+08:00'],
  ])('FIN-162: with %d days agreed, due %s', (paymentDays, dueAt) => {
    expect(dueAtOf(instant('2024-08-05T02:10:00+08:00'), paymentDays)).toBe(instant(dueAt));
  });

  it.each([
    ['2024-08-20T23:59:59.999+08:00', false],
    ['2024-08-21T00:00:00+08:00', true],
  ])('FIN-162: at %s overdue: %s', (now, overdue) => {
    expect(isPastDue(instant('2024-08-20T23:59:59+08:00'), instant(now))).toBe(overdue);
  });
});

describe('rule time', () => {
  it('FIN-10: consumption that ends at 00:00 on the 1st takes the rules of the month just over (spec note 17)', () => {
    const charge = aCharge({ at: '2024-08-01T00:00:00+08:00', consumptionMonth: JULY });
    expect(ruleTimeOf(charge)).toBe(lastInstantOf(JULY));
  });

  it('FIN-09: an order paid at 00:00 on the 1st takes the rules of that moment', () => {
    const charge = aCharge({
      at: '2024-08-01T00:00:00+08:00',
      consumptionMonth: AUGUST,
      billingMode: 'yearly-monthly',
    });
    expect(ruleTimeOf(charge)).toBe(instant('2024-08-01T00:00:00+08:00'));
  });

  it('FIN-14: a late charge keeps the time at which it happened', () => {
    const charge = aCharge({ at: '2024-07-12T10:00:00+08:00', billingCycle: AUGUST, late: true });
    expect(ruleTimeOf(charge)).toBe(instant('2024-07-12T10:00:00+08:00'));
  });
});

it.each([
  ['2021-05', 'cut-lines'],
  ['2021-06', 'round-lines'],
  ['2021-07', 'round-lines'],
  ['2021-08', 'exact-lines'],
])('FIN-43: cycle %s has the regime %s', (cycle, regime) => {
  expect(regimeOf(cycle as BillingMonth)).toBe(regime);
});
