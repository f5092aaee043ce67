import { describe, expect, it } from 'vitest';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import { hasSetCurrency, paymentCurrencyOf, withChoice } from './payment-currency.ts';

const usd = { paymentCurrency: 'USD' };
const chosen = (text: string, currency: string, before: Parameters<typeof withChoice>[0] = usd) => ({
  ...before,
  currencyChoices: withChoice(before, currency, instant(text)),
});
const of = (partner: Parameters<typeof paymentCurrencyOf>[0], cycle: string) =>
  paymentCurrencyOf(partner, cycle as BillingMonth);

describe('the payment currency', () => {
  it.each([
    ['2024-07-01T00:00:00+08:00', '2024-08'],
    ['2024-07-31T23:59:59+08:00', '2024-08'],
    ['2024-08-01T00:00:00+08:00', '2024-09'],
    ['2024-12-31T23:59:59+08:00', '2025-01'],
  ])('FIN-49: chosen at %s, it holds from the bill of %s', (at, from) => {
    const partner = chosen(at, 'HKD');
    const before = from === '2025-01' ? '2024-12' : `2024-0${Number(from.slice(-1)) - 1}`;
    expect([of(partner, before), of(partner, from), of(partner, '2030-01')]).toEqual(['USD', 'HKD', 'HKD']);
  });

  it('FIN-49: of two choices in a month the later one holds, and earlier bills keep theirs', () => {
    const july = chosen('2024-07-10T00:00:00+08:00', 'HKD');
    const twice = chosen('2024-08-20T00:00:00+08:00', 'EUR', chosen('2024-08-02T00:00:00+08:00', 'CLP', july));
    expect(['2024-07', '2024-08', '2024-09'].map((cycle) => of(twice, cycle))).toEqual(['USD', 'HKD', 'EUR']);
  });

  it('FIN-99: a registered currency is not yet set by the partner', () => {
    expect(hasSetCurrency(usd)).toBe(false);
    expect(hasSetCurrency(chosen('2024-07-10T00:00:00+08:00', 'USD'))).toBe(true);
  });
});
