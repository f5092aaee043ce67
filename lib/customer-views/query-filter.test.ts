import { describe, expect, it } from 'vitest';
import type { Customer } from '#lib/customers/index.ts';
import { parseMoney } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { customerFilter, matchesAmount, matchesBetween, matchesCustomer } from './query-filter.ts';

const since = '2024-08-06T02:00:00.000Z' as Instant;
const customer: Customer = {
  customerId: 'cus_1',
  accountId: 'acc-1',
  accountName: 'Straße-West',
  customerName: 'Ångström Labs',
  mobileNumber: '+4915112345678',
  customTag: 'Spring Fair',
  userType: 'enterprise',
  registeredAt: since,
  association: { partnerId: 'par_1', type: 'reseller', since, accountManagers: {} },
  control: { freezeLevel: 'account', payPerUseRestricted: false },
  version: 1,
};

describe('filters on the customer', () => {
  it.each([
    [{}, true],
    [{ customerName: 'ångSTRÖM' }, true],
    [{ customerName: 'A\u030Angstro\u0308m' }, true], // the same letters, composed otherwise
    [{ customerName: 'WEST' }, true],
    [{ customerName: 'south' }, false],
    [{ customTag: 'fair' }, true],
    [{ customTag: 'autumn' }, false],
    [{ mobileNumber: '5112' }, true],
    [{ freezeLevel: 'account' }, true],
    [{ freezeLevel: 'account-and-resources' }, false],
    [{ associationType: 'referral' }, false],
    [{ customTag: 'fair', customerName: 'labs' }, true],
    [{ customTag: 'fair', customerName: 'south' }, false],
    [{ associatedFrom: '2024-08-06T10:00:00+08:00', associatedTo: '2024-08-06T10:00:00+08:00' }, true],
    [{ associatedFrom: '2024-08-06T10:00:00.001+08:00' }, false],
    [{ associatedTo: '2024-08-06T09:59:59.999+08:00' }, false],
  ])('CUS-240, CUS-247: %j is %s', (wish, expected) => {
    expect(matchesCustomer(customer, customerFilter.parse(wish))).toBe(expected);
  });

  it('CUS-247: a value that is missing matches no text', () => {
    const bare = { ...customer, customerName: undefined, mobileNumber: undefined, customTag: undefined };
    expect(matchesCustomer(bare, { customTag: 'a' })).toBe(false);
    expect(matchesCustomer(bare, { mobileNumber: '1' })).toBe(false);
    expect(matchesCustomer(bare, { customerName: 'straße' })).toBe(true);
  });
});

it.each([
  [{ accountManagerName: 'mia' }, { accountManagerName: 'Mia Member' }, true],
  [{ accountManagerName: 'mia' }, {}, false],
  [{ resellerName: 'TRADE' }, { resellerName: 'Trusted Trade', resellerAuthorized: true }, true],
  [{ resellerAuthorized: 'yes' }, { resellerAuthorized: true }, true],
  [{ resellerAuthorized: 'no' }, { resellerAuthorized: true }, false],
  [{ resellerAuthorized: 'no' }, {}, false],
])('CUS-241, CUS-247: %j against %j is %s', (wish, between, expected) => {
  expect(matchesBetween(between, customerFilter.parse(wish))).toBe(expected);
});

it.each([
  [{}, undefined, true],
  [{ monthToDateFrom: '0.00' }, undefined, false],
  [{ monthToDateFrom: '5.00', monthToDateTo: '5.00' }, '5.00', true],
  [{ monthToDateFrom: '5.000000000001' }, '5.00', false],
  [{ monthToDateTo: '4.999999999999' }, '5.00', false],
])('CUS-240, CUS-248: %j of %s is %s', (wish, amount, expected) => {
  expect(matchesAmount(amount === undefined ? undefined : parseMoney(amount), customerFilter.parse(wish))).toBe(
    expected,
  );
});
