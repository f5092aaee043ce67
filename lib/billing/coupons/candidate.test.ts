import { describe, expect, it } from 'vitest';
import { parseMoney } from '#lib/shared/money.ts';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import { aCharge } from '../../../tests/billing/charges.ts';
import {
  bucketsOf,
  placeOf,
  placeOfRefund,
  refundCandidate,
  refundedFraction,
  sameBillRefund,
  spendingOf,
  spentCandidate,
} from './candidate.ts';
import { packCandidate, unpackCandidates } from './packed-candidate.ts';

describe('a charge as coupons see it', () => {
  it.each([
    [{ billingMode: 'pay-per-use' }, 'pay-per-use'],
    [{ billingMode: 'yearly-monthly', termUnit: 'Month' }, 'monthly'],
    [{ billingMode: 'yearly-monthly', termUnit: 'Year' }, 'yearly'],
    [{ billingMode: 'yearly-monthly', termUnit: 'years' }, 'yearly'],
    [{ billingMode: 'yearly-monthly' }, 'monthly'],
    [{ billingMode: 'reserved-instance-upfront' }, 'reserved-instance'],
    [{ billingMode: 'reserved-instance-hourly' }, 'reserved-instance'],
    [{ billingMode: 'savings-plan' }, undefined],
  ] as const)('FIN-53: %o is %s', (fields, expected) => {
    expect(spendingOf(aCharge(fields)).billingMode).toBe(expected);
  });

  it('FIN-53: consumption that ends at 00:00 on the 1st is of the last instant of the month just over', () => {
    const charge = aCharge({ at: '2024-08-01T00:00:00+08:00', consumptionMonth: '2024-07' as BillingMonth });
    expect(spendingOf(charge).time).toBe('2024-07-31T15:59:59.999Z');
    expect(spendingOf(aCharge({ at: '2024-07-31T23:59:59+08:00' })).time).toBe('2024-07-31T15:59:59.000Z');
  });

  it('FIN-53: marketplace, product, customer and reseller are those of the charge', () => {
    const charge = aCharge({ source: 'marketplace', resellerId: 'par_2', productTypeCode: 'vpc', customerId: 'cus_9' });
    const { time: _time, ...spending } = spendingOf(charge);
    expect(spending).toEqual({
      customerId: 'cus_9',
      resellerId: 'par_2',
      productTypeCode: 'vpc',
      billingMode: 'pay-per-use',
      marketplace: true,
    });
  });
});

describe('its place', () => {
  const at = '2024-07-15T12:00:00+08:00';
  const line = (recordId: string, time = at) => aCharge({ recordId, at: time });

  it('FIN-51: transaction time, then line', () => {
    const places = [line('b'), line('a'), line('z', '2024-07-15T11:59:59+08:00')].map(placeOf).sort();
    expect(places.map((place) => place.split('#')[1])).toEqual(['z', 'a', 'b']);
  });

  it('FIN-185: a refund of the same second is behind its original, whatever the ids', () => {
    expect(placeOfRefund(line('a'), line('b')) > placeOf(line('b'))).toBe(true);
    expect(placeOfRefund(line('c'), line('b'))).toBe(placeOf(line('c')));
    expect(placeOfRefund(line('a', '2024-07-16T00:00:00+08:00'), line('b'))).toContain('2024-07-15T16:00:00.000Z#a');
  });

  it.each([
    ['2024-07-01T00:00:00+08:00', '2024-07-01'],
    ['2024-07-31T23:59:59+08:00', '2024-07-31'],
    ['2024-08-01T00:00:00+08:00', '2024-08-01'],
    ['2024-06-30T23:59:59+08:00', '2024-06'],
    ['2022-07-01T00:00:00+08:00', '2022-07'],
    ['2022-06-30T23:59:59+08:00', '0000'],
  ])('FIN-166: of %s on the bill of 2024-07 is bucket %s', (time, bucket) => {
    expect(bucketsOf('2024-07' as BillingMonth)(instant(time))).toBe(bucket);
  });

  it('FIN-14, FIN-51: buckets are in the order of their times, late charges first', () => {
    const times = ['2020-01-01', '2022-08-31', '2024-06-30', '2024-07-01', '2024-07-31', '2024-08-01'];
    const buckets = times.map((day) => bucketsOf('2024-07' as BillingMonth)(instant(`${day}T00:00:00+08:00`)));
    expect(buckets).toEqual(buckets.toSorted());
    expect(new Set(buckets).size).toBe(times.length);
  });
});

it('FIN-166: candidates are read as they were kept', () => {
  const order = aCharge({ listPrice: '90', recordId: 'zz' });
  const refund = aCharge({
    billType: 'refund',
    listPrice: '-30',
    unsubscriptionCase: 'order-exception',
    recordId: 'a',
  });
  const takesBack = [{ couponId: 'K', kind: 'test', amount: parseMoney('-0.00000001') }] as const;
  const original = { charge: order, settlement: { basis: { kind: 'no-discount' }, amount: parseMoney('90') } } as const;
  const candidates = [
    spentCandidate(aCharge({ resellerId: 'par_2' }), parseMoney('123456789.12345678'), 7),
    spentCandidate(aCharge({ billingMode: 'savings-plan' }), parseMoney('1'), 7),
    refundCandidate(refund, takesBack, 8),
    sameBillRefund(refund, original, 9),
  ];
  expect(unpackCandidates(`[${candidates.map(packCandidate).join(',')}]`)).toEqual(
    candidates.map((candidate) => JSON.parse(JSON.stringify(candidate, keepBigints), reviveBigints)),
  );
  expect(refundedFraction(refund, order)).toEqual({ numerator: parseMoney('30'), denominator: parseMoney('90') });
});

const keepBigints = (_key: string, value: unknown) => (typeof value === 'bigint' ? { $: value.toString() } : value);
const reviveBigints = (_key: string, value: { $?: string }) => (value?.$ === undefined ? value : BigInt(value.$));
