import { describe, expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import { inForceAt, overlap } from '#lib/shared/validity.ts';
import { aDiscount, fixedPrice, percentage } from '../../tests/billing/discounts.ts';
import { asOfVersion, collide, faultsOf, statusOf, validityOf } from './discount.ts';

const june = aDiscount({ from: '2024-06-10T16:22:15+08:00', to: '2024-06-30T23:59:59+08:00' });

it.each([
  ['2024-06-10T16:22:14.999+08:00', false],
  ['2024-06-10T16:22:15+08:00', true],
  ['2024-06-30T23:59:59+08:00', true],
  ['2024-06-30T23:59:59.999+08:00', true],
  ['2024-07-01T00:00:00+08:00', false],
])('FIN-128, FIN-129: both ends are inclusive, to the second: at %s in force %s', (time, inForce) => {
  expect(inForceAt(validityOf(june), instant(time))).toBe(inForce);
});

it.each([
  ['2024-06-10T16:22:14+08:00', 'pending'],
  ['2024-06-10T16:22:15+08:00', 'effective'],
  ['2024-06-30T23:59:59+08:00', 'effective'],
  ['2024-07-01T00:00:00+08:00', 'expired'],
])('FIN-128: at %s a discount is %s', (now, status) => {
  expect(statusOf(june, instant(now))).toBe(status);
});

describe('ending early', () => {
  const ended = { ...june, terminatedAt: instant('2024-06-20T12:00:00+08:00'), terminatedVersion: 3 };

  it('FIN-131: holds for later transactions only', () => {
    expect(inForceAt(validityOf(ended), instant('2024-06-20T12:00:00+08:00'))).toBe(true);
    expect(inForceAt(validityOf(ended), instant('2024-06-20T12:00:01+08:00'))).toBe(false);
    expect(statusOf(ended, instant('2024-06-20T12:00:00+08:00'))).toBe('terminated');
  });

  it('FIN-131: a bill settled by an earlier version of the book does not know of it', () => {
    expect(asOfVersion(ended, 2)?.terminatedAt).toBeUndefined();
    expect(asOfVersion(ended, 3)?.terminatedAt).toBe(ended.terminatedAt);
    expect(asOfVersion(ended, 0)).toBeUndefined();
  });
});

describe('overlap', () => {
  const other = (from: string, to: string, wish: Parameters<typeof aDiscount>[0] = {}) =>
    aDiscount({ from, to, ...wish });

  it('FIN-129: the same second at both ends is an overlap, the next second is none', () => {
    expect(collide(june, other('2024-06-30T23:59:59+08:00', '2024-07-31T23:59:59+08:00'))).toBe(true);
    expect(collide(june, other('2024-07-01T00:00:00+08:00', '2024-07-31T23:59:59+08:00'))).toBe(false);
    expect(collide(june, other('2024-06-01T00:00:00+08:00', '2024-06-10T16:22:14+08:00'))).toBe(false);
    expect(collide(june, other('2024-06-15T00:00:00+08:00', '2024-06-16T23:59:59+08:00'))).toBe(true);
  });

  it('FIN-129: another type, customer or product scope does not collide', () => {
    const within = ['2024-06-15T00:00:00+08:00', '2024-06-16T23:59:59+08:00'] as const;
    expect(collide(june, other(...within, { customerId: 'cus_1' }))).toBe(false);
    expect(collide(june, other(...within, { items: [percentage('0.5', { productTypeCodes: ['vpc'] })] }))).toBe(false);
    expect(collide(june, other(...within, { items: [percentage('0.1', { settlementClass: 'promotional' })] }))).toBe(
      false,
    );
    expect(collide(june, other(...within, { items: [fixedPrice('2.40', 'Mbps')] }))).toBe(false);
  });

  it('FIN-129: one common product code is enough to collide', () => {
    const ofCodes = (...productTypeCodes: string[]) => aDiscount({ items: [percentage('0.5', { productTypeCodes })] });
    expect(collide(ofCodes('vpc', 'ecs'), ofCodes('cdn', 'ecs'))).toBe(true);
    expect(collide(ofCodes('vpc', 'ecs'), ofCodes('cdn', 'obs'))).toBe(false);
  });

  it('FIN-131: a discount ended before it began blocks nothing', () => {
    const ended = { ...june, terminatedAt: instant('2024-06-01T00:00:00+08:00') };
    expect(overlap(validityOf(ended), validityOf(june))).toBe(false);
  });
});

describe('form', () => {
  it('FIN-128: a well-formed discount has no fault, one of a single second neither', () => {
    expect(faultsOf(june)).toEqual([]);
    expect(faultsOf({ ...june, expiresAt: june.effectiveAt })).toEqual([]);
  });

  it.each([
    ['FIN-128: a part of a second', { effectiveAt: instant('2024-06-10T16:22:15.500+08:00') }, ['/effectiveAt']],
    ['FIN-128: an end before the start', { expiresAt: instant('2024-06-10T16:22:14+08:00') }, ['/expiresAt']],
    ['FIN-127: a customer on a partner-level discount', { customerId: 'cus_1' }, ['/customerId']],
    [
      'FIN-127: customer-level without customer',
      { type: 'customer-level' as const },
      ['/customerId', '/items/0/settlementClass'],
    ],
    [
      'FIN-31: a special item on partner level',
      { items: [percentage('0.5', { settlementClass: 'special' })] },
      ['/items/0/settlementClass'],
    ],
    ['FIN-129: two items of one scope', { items: [percentage('0.5'), percentage('0.4')] }, ['/items']],
    [
      'FIN-23: two rates out of range',
      { items: [percentage('1.5'), percentage('-0.4', { settlementClass: 'promotional' })] },
      ['/items/0', '/items/1'],
    ],
  ])('%s is refused by its field', (_what, change, pointers) => {
    expect(faultsOf({ ...june, ...change }).map(({ pointer }) => pointer)).toEqual(pointers);
  });
});
