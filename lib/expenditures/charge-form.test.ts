import { describe, expect, it } from 'vitest';
import { isOrder, parseCharge, restoresCoupons } from './charge-form.ts';

const usage = {
  recordId: 'rec-1',
  customerId: 'cus_1',
  billType: 'expenditure',
  billingMode: 'pay-per-use',
  productType: 'Elastic Volume Service',
  productTypeCode: 'hws.service.type.ebs',
  productName: 'Common I/O',
  productId: '00301-28215-0--0',
  orderId: 'tx-1',
  spentFrom: '2024-09-18T22:00:00Z',
  spentTo: '2024-09-18T23:00:00Z',
  listPrice: '0.00001605990',
  currency: 'USD',
  settlementClass: 'common',
};
const order = {
  ...usage,
  billingMode: 'yearly-monthly',
  orderType: 'new-purchase',
  transactionTime: '2024-09-18T23:00:00Z',
  spentFrom: undefined,
  spentTo: undefined,
};
const payment = { discount: '0', cashPayments: '0', couponsUsed: '10', monthlySettlement: '90' };

/** Pointers of what is refused; none when the record is taken. */
function pointers(raw: unknown): string[] {
  const parsed = parseCharge(raw);
  return parsed.ok ? [] : parsed.reasons.map(({ pointer }) => pointer);
}

describe('parseCharge', () => {
  it('CUS-254, note 21: keeps up to 12 decimals as delivered', () => {
    const parsed = parseCharge({ ...usage, listPrice: '0.123456789012' });
    expect(parsed).toMatchObject({ ok: true, form: { listPrice: 123_456_789_012n } });
  });

  it('CUS-096: takes a record as it is and names nothing', () => {
    expect(pointers(usage)).toEqual([]);
    expect(pointers(order)).toEqual([]);
  });

  it.each([
    ['13 decimals (note 21)', { listPrice: '0.1234567890123' }, ['/listPrice']],
    ['13 decimals of a quantity (note 21)', { usage: '1.0000000000001' }, ['/usage']],
    ['an exponent', { listPrice: '1e-7' }, ['/listPrice']],
    ['a number instead of a text', { listPrice: 1 }, ['/listPrice']],
    ['a field that nobody knows', { lisPrice: '1' }, ['/lisPrice']],
    ['several bad fields at once', { billType: 'gift', currency: 'usd' }, ['/billType', '/currency']],
    ['a time without an offset', { spentTo: '2024-09-18 23:00:00' }, ['/spentTo']],
    ['a time that is none', { spentTo: '2024-09-31T23:00:00Z' }, ['/spentTo']],
    ['both names of the customer', { accountId: '51738928782' }, ['/customerId']],
    ['no name of the customer', { customerId: undefined }, ['/customerId']],
    ['a record id with a blank', { recordId: 'rec 1' }, ['/recordId']],
    ['a record id of 129 characters', { recordId: 'r'.repeat(129) }, ['/recordId']],
    ['usage without its interval', { spentFrom: undefined, spentTo: undefined }, ['/spentTo']],
    ['half an interval', { spentFrom: undefined }, ['/spentTo']],
    ['an interval of no length', { spentFrom: usage.spentTo }, ['/spentTo']],
    ['a negative expenditure', { listPrice: '-0.01' }, ['/listPrice']],
    ['a positive refund (ORD-135)', { billType: 'refund', listPrice: '0.01' }, ['/listPrice']],
    ['a rate of 0', { exchangeRate: '0' }, ['/exchangeRate']],
    ['payments that miss the list price (ORD-132)', { listPrice: '100.01', payment }, ['/payment']],
    ['a bad part of the payment', { payment: { ...payment, discount: 'x' } }, ['/payment/discount']],
  ])('CUS-096: refuses %s, by its pointer', (_what, fields, expected) => {
    expect(pointers({ ...usage, ...fields })).toEqual(expected);
  });

  it('ORD-132: takes payments that add up to the list price', () => {
    expect(pointers({ ...usage, listPrice: '100', payment })).toEqual([]);
  });

  it('FIN-09: an order needs its payment time, a refund without an interval its time', () => {
    expect(pointers({ ...order, transactionTime: undefined })).toEqual(['/transactionTime']);
    const refund = { ...usage, billType: 'refund', listPrice: '-1', spentFrom: undefined, spentTo: undefined };
    expect(pointers(refund)).toEqual(['/transactionTime']);
    expect(pointers({ ...refund, transactionTime: '2024-09-18T23:00:00Z' })).toEqual([]);
  });

  it('CUS-096: what is no object is refused as a whole', () => {
    expect(pointers('record')).toEqual(['']);
    expect(pointers(null)).toEqual(['']);
  });
});

describe('coupons of a refund', () => {
  it.each([
    ['order-not-in-effect', true],
    ['order-exception', true],
    ['renewal-not-started', true],
    ['other', false],
  ] as const)('FIN-62: are given back in the case %s: %s', (unsubscriptionCase, expected) => {
    expect(restoresCoupons({ unsubscriptionCase })).toBe(expected);
    expect(restoresCoupons({ unsubscriptionCase, restoresCoupons: !expected })).toBe(expected);
  });

  it('FIN-61: stay used where nothing is said, and the word of the platform counts where no case is given', () => {
    expect(restoresCoupons({})).toBe(false);
    expect(restoresCoupons({ restoresCoupons: true })).toBe(true);
  });

  it('FIN-62: a case is of a refund alone and does not contradict the flag', () => {
    const refund = { ...usage, billType: 'refund', listPrice: '-1' };
    expect(pointers({ ...usage, unsubscriptionCase: 'other' })).toEqual(['/unsubscriptionCase']);
    expect(pointers({ ...refund, unsubscriptionCase: 'other' })).toEqual([]);
    expect(pointers({ ...refund, unsubscriptionCase: 'other', restoresCoupons: true })).toEqual(['/restoresCoupons']);
    expect(pointers({ ...refund, unsubscriptionCase: 'order-exception', restoresCoupons: true })).toEqual([]);
    expect(pointers({ ...refund, unsubscriptionCase: 'bored' })).toEqual(['/unsubscriptionCase']);
  });
});

describe('isOrder', () => {
  it.each([
    ['yearly-monthly', undefined, true],
    ['reserved-instance-upfront', undefined, true],
    ['pay-per-use', undefined, false],
    ['reserved-instance-hourly', undefined, false],
    ['savings-plan', 'new-purchase', true],
    ['savings-plan', undefined, false],
  ] as const)('CUS-094, FIN-09: %s with order type %s', (billingMode, orderType, expected) => {
    expect(isOrder({ billingMode, orderType })).toBe(expected);
  });
});
