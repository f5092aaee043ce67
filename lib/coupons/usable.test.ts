import { expect, it } from 'vitest';
import { madeCoupon } from '../../tests/coupons/coupon.ts';
import { isFor } from './usable.ts';

const found = { customerIds: new Set(['C1']), resellerIds: new Set(['R1']) };

it.each([
  ['an unrestricted one', {}, true],
  ['its own', { customerId: 'C1' }, true],
  ["another customer's", { customerId: 'C2' }, false],
  ["its reseller's", { resellerId: 'R1' }, true],
  ["another reseller's", { resellerId: 'R2' }, false],
  ['its own at its reseller', { customerId: 'C1', resellerId: 'R1' }, true],
  ['its own at an earlier reseller', { customerId: 'C1', resellerId: 'R2' }, false],
])('FIN-153: a customer can use %s: %j', (_, of, usable) => {
  expect(isFor(madeCoupon(of), found)).toBe(usable);
  expect(isFor(madeCoupon(of), { customerIds: new Set(), resellerIds: new Set() })).toBe(false);
});
