import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { associateCustomer, endAssociationWrites, loadCustomer } from '#lib/customers/index.ts';
import { transact } from '#lib/shared/transaction.ts';
import { handler as couponQuotaHistory } from '../../functions/coupons/coupon-quota-history.ts';
import { handler as customerCouponSummary } from '../../functions/coupons/customer-coupon-summary.ts';
import { handler as listCoupons } from '../../functions/coupons/list-coupons.ts';
import { handler as revoke } from '../../functions/coupons/revoke-coupon.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  invoke,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { aCoupon } from './world.ts';

useStack();

let operator: Caller;
const now = () => clock.set('2024-07-01T10:00:00+08:00');

beforeAll(async () => {
  now();
  operator = await anOperator();
});
beforeEach(now);

interface List {
  readonly items: readonly { readonly couponId: string; readonly name: string; readonly balance: string }[];
  readonly nextCursor?: string;
}
const list = async (as: Caller, query: Record<string, string> = {}): Promise<List> =>
  (await invoke(listCoupons, { as, query })).body as List;
const named = async (as: Caller, query?: Record<string, string>): Promise<string[]> =>
  (await list(as, query)).items.map(({ name }) => name);

describe('list-coupons', () => {
  it('FIN-144: the earliest expiry first, page by page', async () => {
    const partner = await aPartner();
    await aCoupon(partner, { name: 'late', to: '2099-12-31T23:59:59+08:00' });
    await aCoupon(partner, { name: 'first', to: '2024-07-31T23:59:59+08:00' });
    await aCoupon(partner, { name: 'second', to: '2024-08-31T23:59:59+08:00' });
    const page = await list(partner, { limit: '2' });
    expect(page.items.map(({ name }) => name)).toEqual(['first', 'second']);
    const rest = await list(partner, { limit: '2', cursor: page.nextCursor ?? '' });
    expect(rest.items.map(({ name }) => name)).toEqual(['late']);
    expect(
      await invoke(listCoupons, { as: partner, query: { tab: 'test', cursor: page.nextCursor ?? '' } }),
    ).toMatchObject({ status: 400, body: { code: 'CURSOR_INVALID' } });
  });

  it('FIN-144, FIN-154, FIN-180: by tab and status, each with a balance; not yet effective is available', async () => {
    const partner = await aPartner();
    await aCoupon(partner, { name: 'now' });
    await aCoupon(partner, { name: 'next year', from: '2025-01-01T00:00:00+08:00', to: '2025-12-31T23:59:59+08:00' });
    await aCoupon(partner, { name: 'over', to: '2024-06-30T23:59:59+08:00' });
    await aCoupon(partner, { name: 'test', kind: 'test', source: 'poc-request' });
    const { couponId } = await aCoupon(partner, { name: 'revoked' });
    await invoke(revoke, { as: operator, path: { couponId }, body: { reason: 'test' } });
    expect((await named(partner, { status: 'available' })).sort()).toEqual(['next year', 'now', 'test']);
    expect((await named(partner, { status: 'invalid' })).sort()).toEqual(['over', 'revoked']);
    expect(await named(partner, { status: 'used' })).toEqual([]);
    expect(await named(partner, { tab: 'test' })).toEqual(['test']);
    const balances = (await list(partner)).items.map((item) => item.balance);
    expect(balances.sort()).toEqual(['0.00', '100.00', '100.00', '100.00', '100.00']);
  });

  describe('FIN-153: by customer', () => {
    let distributor: TestPartner;
    let own: Awaited<ReturnType<typeof aCustomer>>;
    let resold: Awaited<ReturnType<typeof aCustomer>>;

    beforeAll(async () => {
      now();
      distributor = await aPartner({ type: 'distributor' });
      const [one, other] = [await aPartner({ of: distributor }), await aPartner({ of: distributor })];
      own = await aCustomer({ of: distributor, accountName: `Direct-${distributor.partnerId}` });
      resold = await aCustomer({ of: one, accountName: `Resold-${distributor.partnerId}` });
      await aCoupon(distributor, { name: 'all' });
      await aCoupon(distributor, { name: 'own', customerId: own.customerId });
      await aCoupon(distributor, { name: 'resold', customerId: resold.customerId });
      await aCoupon(distributor, { name: 'reseller one', resellerId: one.partnerId });
      await aCoupon(distributor, { name: 'reseller other', resellerId: other.partnerId });
    });

    it.each([
      ['a direct customer', () => ({ customerId: own.customerId }), ['all', 'own']],
      ["a reseller's customer", () => ({ customerId: resold.customerId }), ['all', 'reseller one', 'resold']],
      ['part of an account name', () => ({ customer: 'resold-par' }), ['all', 'reseller one', 'resold']],
      [
        'a customer name that two have',
        () => ({ customer: 'carla customer' }),
        ['all', 'own', 'reseller one', 'resold'],
      ],
      ['nobody', () => ({ customer: 'no such account' }), []],
      ['a stranger', () => ({ customerId: 'cus_unknown' }), []],
    ])('%s', async (_, query, expected) => {
      expect((await named(distributor, query())).sort()).toEqual(expected);
    });
  });

  it('FIN-01, FIN-03: its own only; operators name the partner; a reseller has none', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    await aCoupon(distributor, { name: 'mine' });
    expect(await named(operator, { partnerId: distributor.partnerId })).toEqual(['mine']);
    expect(await named(await aPartner())).toEqual([]);
    expect(
      (await invoke(listCoupons, { as: await aPartner(), query: { partnerId: distributor.partnerId } })).status,
    ).toBe(404);
    for (const handler of [listCoupons, couponQuotaHistory]) {
      expect(await invoke(handler, { as: reseller })).toMatchObject({
        status: 403,
        body: { code: 'PARTNER_TYPE_NOT_BILLED' },
      });
      expect(
        (await invoke(handler, { as: await aMember({ of: distributor, roles: ['account-director'] }) })).status,
      ).toBe(403);
    }
  });
});

/** The customer leaves its partner for another one. */
const moved = (customerId: string, to: TestPartner) =>
  asSystem(async (at) => {
    const customer = await loadCustomer(customerId);
    if (!customer) throw new Error('no customer');
    const { writes, events } = endAssociationWrites(customer, { recordId: 'rec', initiatedBy: 'partner' }, at);
    await transact({ writes, events });
    await associateCustomer(customerId, { partnerId: to.partnerId, type: 'reseller' }, at);
  });

describe('customer-coupon-summary', () => {
  const summary = async (as: Caller, customerId: string) =>
    (await invoke(customerCouponSummary, { as, path: { customerId } })).body;

  it('FIN-144: counts what is for the customer alone and available, and what is over in 7 days', async () => {
    const partner = await aPartner();
    const { customerId } = await aCustomer({ of: partner });
    expect(await summary(partner, customerId)).toMatchObject({ available: 0, total: '0.00', expiringSoon: 0 });
    await aCoupon(partner, {});
    await aCoupon(partner, { customerId, face: '10.005' });
    await aCoupon(partner, { customerId, face: '20.005', to: '2024-07-08T10:00:00+08:00' });
    await aCoupon(partner, { customerId, face: '40.00', to: '2024-07-08T10:00:01+08:00' });
    await aCoupon(partner, { customerId, face: '80.00', to: '2024-07-01T09:59:59+08:00' });
    await aCoupon(partner, { customerId: (await aCustomer({ of: partner })).customerId });
    expect(await summary(partner, customerId)).toEqual({
      customerId,
      available: 3,
      total: '70.01',
      currency: 'USD',
      expiringSoon: 1,
    });
  });

  it('FIN-60, DEV-104, ORD-134: what a customer has from an earlier partner is not shown to the next one', async () => {
    const [before, after] = [await aPartner(), await aPartner()];
    const customer = await aCustomer({ of: before });
    await aCoupon(before, { customerId: customer.customerId });
    expect(await summary(before, customer.customerId)).toMatchObject({ available: 1 });
    clock.set('2024-07-01T11:00:00+08:00');
    await moved(customer.customerId, after);
    expect(await summary(after, customer.customerId)).toMatchObject({ available: 0, total: '0.00' });
    expect(await named(after, { customerId: customer.customerId })).toEqual([]);
    expect(await named(before, { customerId: customer.customerId })).toEqual([]); // not its customer any more
  });

  it("FIN-01: a stranger's customer is 404; a reseller is refused", async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const { customerId } = await aCustomer({ of: reseller });
    const asked = (as: Caller) => invoke(customerCouponSummary, { as, path: { customerId } });
    expect((await asked(await aPartner())).status).toBe(404);
    expect(await asked(reseller)).toMatchObject({ status: 403, body: { code: 'PARTNER_TYPE_NOT_BILLED' } });
    expect((await asked(distributor)).status).toBe(200);
    expect((await asked(operator)).status).toBe(200);
  });
});
