import { describe, expect, it } from 'vitest';
import type { Association } from '#lib/customers/index.ts';
import { parseMoney } from '#lib/shared/money.ts';
import { instant } from '#lib/shared/time.ts';
import { type ChargeForm, parseCharge } from './charge-form.ts';
import { classify, dayOf, monthOf, toCharge } from './classify.ts';

function form(fields: object = {}): ChargeForm {
  const parsed = parseCharge({
    recordId: 'rec-1',
    customerId: 'cus_1',
    billType: 'expenditure',
    billingMode: 'pay-per-use',
    productType: 'Elastic Cloud Server',
    productTypeCode: 'hws.service.type.ec2',
    productName: 's6.large.2',
    productId: '00301-28215-0--0',
    orderId: 'tx-1',
    spentFrom: '2024-08-31T23:00:00+08:00',
    spentTo: '2024-09-01T00:00:00+08:00',
    listPrice: '2.50',
    currency: 'USD',
    settlementClass: 'common',
    ...fields,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.reasons));
  return parsed.form;
}

const charge = (fields: object = {}) => toCharge(form(fields), 'cus_1');
const ordered = (transactionTime: string, fields: object = {}) =>
  charge({ billingMode: 'yearly-monthly', spentFrom: undefined, spentTo: undefined, transactionTime, ...fields });

const association = (fields: Partial<Association> = {}): Association => ({
  partnerId: 'par_1',
  type: 'reseller',
  since: instant('2024-08-10T12:00:00+08:00'),
  accountManagers: {},
  ...fields,
});
const facts = (associations: readonly Association[], currency = 'USD') => ({
  associations,
  paymentCurrencyOf: () => currency,
});

describe('monthOf', () => {
  it.each([
    ['2024-09-01T00:00:00+08:00', '2024-08'],
    ['2024-09-01T00:00:00.001+08:00', '2024-09'],
    ['2024-09-30T16:00:00Z', '2024-09'],
    ['2024-09-30T16:00:01Z', '2024-10'],
  ])('CUS-091, FIN-10: consumption that ends at %s counts in %s', (spentTo, month) => {
    expect(monthOf(charge({ spentFrom: '2024-08-31T13:00:00+08:00', spentTo }))).toBe(month);
  });

  it.each([
    ['2024-09-01T00:00:00+08:00', '2024-09'],
    ['2024-08-31T23:59:59.999+08:00', '2024-08'],
  ])('CUS-094, FIN-09: what is paid at %s counts in %s', (paidAt, month) => {
    expect(monthOf(ordered(paidAt))).toBe(month);
    expect(monthOf(ordered(paidAt, { billingMode: 'reserved-instance-upfront' }))).toBe(month);
    expect(monthOf(ordered(paidAt, { billingMode: 'savings-plan', orderType: 'new-purchase' }))).toBe(month);
  });

  it('FIN-09: the hourly record of a savings plan counts by its end, its term of a purchase does not', () => {
    expect(monthOf(charge({ billingMode: 'savings-plan' }))).toBe('2024-08');
    const term = { spentFrom: '2024-09-05T00:00:00+08:00', spentTo: '2025-09-05T00:00:00+08:00' };
    expect(monthOf(ordered('2024-09-05T00:00:00+08:00', term))).toBe('2024-09');
  });
});

describe('dayOf', () => {
  it('ORD-128, ORD-136: an interval belongs to the day in which it ends, midnight to the day before', () => {
    expect(dayOf(charge())).toBe('2024-08-31');
    expect(dayOf(ordered('2024-09-01T00:00:00+08:00'))).toBe('2024-09-01');
  });
});

describe('toCharge', () => {
  it('ORD-137: keeps when a usage charge was produced apart from the end of consumption', () => {
    const produced = charge({ transactionTime: '2024-09-01T00:08:51+08:00' });
    expect(produced.transactionTime).toBe('2024-08-31T16:00:00.000Z');
    expect(produced.producedAt).toBe('2024-08-31T16:08:51.000Z');
    expect(ordered('2024-09-01T00:00:00+08:00').producedAt).toBeUndefined();
  });

  it('ORD-68, ORD-132: without payments the list price goes to monthly settlement', () => {
    const none = parseMoney('0');
    const expected = { discount: none, cashPayments: none, couponsUsed: none, monthlySettlement: parseMoney('2.50') };
    expect(charge().payment).toEqual(expected);
  });
});

describe('classify', () => {
  it('CUS-098: consumption that ends when the association begins is refused, the next millisecond counts', () => {
    const since = instant('2024-09-01T00:00:00+08:00');
    expect(classify(charge(), facts([association({ since })]))).toMatchObject({
      kind: 'refused',
      code: 'NOT_ASSOCIATED_AT_CONSUMPTION',
      reasons: [{ pointer: '/spentTo' }],
    });
    const later = charge({ spentTo: '2024-09-01T00:00:00.001+08:00' });
    expect(classify(later, facts([association({ since })]))).toMatchObject({ kind: 'accepted', month: '2024-09' });
  });

  it('FIN-12: consumption up to the end of the association counts, later consumption does not', () => {
    const ended = (endedAt: string) => facts([association({ endedAt: instant(endedAt) })]);
    expect(classify(charge(), ended('2024-09-01T00:00:00+08:00')).kind).toBe('accepted');
    expect(classify(charge(), ended('2024-08-31T23:59:59+08:00')).kind).toBe('refused');
    const paid = ordered('2024-09-01T00:00:00+08:00');
    expect(classify(paid, ended('2024-09-01T00:00:00+08:00'))).toMatchObject({
      reasons: [{ pointer: '/transactionTime' }],
    });
  });

  it('ORD-138: the association in force at the time of the charge decides the partner', () => {
    const first = association({ endedAt: instant('2024-08-20T00:00:00+08:00') });
    const second = association({ partnerId: 'par_2', since: instant('2024-08-25T00:00:00+08:00') });
    const at = (spentTo: string) =>
      classify(charge({ spentFrom: '2024-08-01T00:00:00+08:00', spentTo }), facts([first, second]));
    expect(at('2024-08-15T00:00:00+08:00')).toMatchObject({ association: { partnerId: 'par_1' } });
    expect(at('2024-08-22T00:00:00+08:00')).toMatchObject({ code: 'NOT_ASSOCIATED_AT_CONSUMPTION' });
    expect(at('2024-08-30T00:00:00+08:00')).toMatchObject({ association: { partnerId: 'par_2' } });
  });

  it('CUS-091, CUS-092: the usage counter gets the list price, whatever was paid with', () => {
    const payment = { discount: '0', cashPayments: '0', couponsUsed: '2.00', monthlySettlement: '0.50' };
    expect(classify(charge({ payment }), facts([association()]))).toMatchObject({ usage: parseMoney('2.50') });
  });

  it.each(['refund', 'adjustment'])('CUS-093: a %s does not reduce usage', (billType) => {
    const negative = charge({ billType, listPrice: '-2.50' });
    expect(classify(negative, facts([association()]))).toMatchObject({ kind: 'accepted', usage: 0n });
  });

  it('ORD-131: a referral customer has no usage counter, and may pay with discount and cash', () => {
    const payment = { discount: '0.50', cashPayments: '2.00', couponsUsed: '0', monthlySettlement: '0' };
    const referral = facts([association({ type: 'referral' })]);
    expect(classify(charge({ payment }), referral)).toMatchObject({ kind: 'accepted', usage: 0n });
  });

  it.each([
    { discount: '0.50', cashPayments: '0', couponsUsed: '0', monthlySettlement: '2.00' },
    { discount: '0', cashPayments: '2.50', couponsUsed: '0', monthlySettlement: '0' },
  ])('ORD-68: discount or cash of a reseller-model customer is refused', (payment) => {
    expect(classify(charge({ payment }), facts([association()]))).toMatchObject({ reasons: [{ pointer: '/payment' }] });
  });

  it('CUS-254: a list price in another currency than the bill is refused', () => {
    expect(classify(charge({ currency: 'EUR' }), facts([association()]))).toMatchObject({
      code: 'CURRENCY_NOT_SUPPORTED',
    });
  });

  it("CUS-254: usage is counted in the partner's payment currency at the rate of the record", () => {
    const euros = facts([association()], 'EUR');
    expect(classify(charge(), euros)).toMatchObject({
      code: 'EXCHANGE_RATE_MISSING',
      reasons: [{ pointer: '/exchangeRate' }],
    });
    expect(classify(charge({ exchangeRate: '0.9' }), euros)).toMatchObject({ usage: parseMoney('2.25') });
    const tiny = charge({ listPrice: '0.000000000001', exchangeRate: '0.5' });
    expect(classify(tiny, euros)).toMatchObject({ usage: parseMoney('0.000000000001') }); // half a unit is rounded up
    expect(classify(charge({ billType: 'refund', listPrice: '-1' }), euros)).toMatchObject({ kind: 'accepted' });
  });
});
