import { beforeAll, describe, expect, it } from 'vitest';
import { loadCoupons } from '#lib/coupons/index.ts';
import { loadAccount } from '#lib/ledger/index.ts';
import { handler as assign } from '../../functions/coupons/assign-coupon.ts';
import { handler as couponQuotaHistory } from '../../functions/coupons/coupon-quota-history.ts';
import { handler as getCoupon } from '../../functions/coupons/get-coupon.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  type Caller,
  clock,
  crashAtWrite,
  invoke,
  publishedEvents,
  useStack,
} from '../support/index.ts';
import { aCoupon } from './world.ts';

useStack();

beforeAll(() => {
  clock.set('2024-07-01T10:00:00+08:00');
});

const give = (as: Caller, couponId: string, body: object, headers = {}) =>
  invoke(assign, { as, path: { couponId }, body, headers });

describe('assign-coupon', () => {
  it('FIN-134, FIN-136: a part becomes a coupon of the customer with the same validity and scope; the source shrinks by it', async () => {
    const partner = await aPartner();
    const customer = await aCustomer({ of: partner });
    const productScope = { mode: 'include', codes: ['vpc'] } as const;
    const { couponId } = await aCoupon(partner, { productScope, billingModes: ['yearly'], multiUse: false });
    const answer = await give(partner, couponId, { customerId: customer.customerId, amount: '40.00000001' });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        source: { couponId, faceValue: '59.99', balance: '59.99', status: 'available', customerId: null },
        part: {
          faceValue: '40.00',
          balance: '40.00',
          status: 'available',
          customerId: customer.customerId,
          accountName: customer.accountName,
          splitFrom: couponId,
          productScope,
          billingModes: ['yearly'],
          multiUse: false,
          effectiveAt: '2023-12-31T16:00:00.000Z',
          expiresAt: '2024-12-31T15:59:59.000Z',
        },
      },
    });
    const { couponId: partId } = (answer.body as { part: { couponId: string } }).part;
    const history = (await invoke(couponQuotaHistory, { as: partner })).body as { items: object[] };
    expect(history.items).toHaveLength(3);
    expect(history.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          couponId,
          event: 'assigned',
          amount: '-40.00000001',
          quotaAfter: '59.99999999',
        }),
        expect.objectContaining({ couponId: partId, event: 'assigned', quotaAfter: '40.00000001' }),
      ]),
    );
    const coupons = await loadCoupons(partner.partnerId);
    const total = coupons.reduce((sum, { balance }) => sum + balance, 0n);
    expect(total).toBe(100_000_000_000_000n);
    expect((await loadAccount(partner.partnerId)).balances['coupons@USD']).toBe(-total);
    const events = (await publishedEvents('coupon.assigned')).filter(({ detail }) => detail.splitFrom === couponId);
    expect(events).toMatchObject([{ detail: { couponId: partId, amount: '40.00000001' } }]);
  });

  it('FIN-134: all of it, when no amount is named; nothing is left to assign then', async () => {
    const partner = await aPartner();
    const { customerId } = await aCustomer({ of: partner });
    const { couponId } = await aCoupon(partner);
    expect(await give(partner, couponId, { customerId })).toMatchObject({
      status: 201,
      body: { source: { faceValue: '0.00', balance: '0.00', status: 'used' }, part: { balance: '100.00' } },
    });
    expect(await give(partner, couponId, { customerId })).toMatchObject({
      status: 409,
      body: { code: 'COUPON_NOT_AVAILABLE' },
    });
  });

  it.each(['0', '-1', '0.000000001'])('FIN-134: refuses the amount %s', async (amount) => {
    const partner = await aPartner();
    const { customerId } = await aCustomer({ of: partner });
    const { couponId } = await aCoupon(partner);
    expect(await give(partner, couponId, { customerId, amount })).toMatchObject({
      status: 422,
      body: { code: 'ASSIGNED_AMOUNT_INVALID' },
    });
  });

  it('FIN-134: refuses more than there is, an expired coupon, and one that is of a customer already', async () => {
    const partner = await aPartner();
    const { customerId } = await aCustomer({ of: partner });
    const coupons = [
      { coupon: await aCoupon(partner), amount: '100.00000001' },
      { coupon: await aCoupon(partner, { to: '2024-07-01T09:59:59+08:00' }), amount: '1.00' },
      { coupon: await aCoupon(partner, { customerId }), amount: '1.00' },
    ];
    for (const { coupon, amount } of coupons) {
      expect(await give(partner, coupon.couponId, { customerId, amount })).toMatchObject({
        status: 409,
        body: { code: 'COUPON_NOT_AVAILABLE' },
      });
    }
  });

  it('FIN-135: refuses a test coupon', async () => {
    const partner = await aPartner();
    const { customerId } = await aCustomer({ of: partner });
    const { couponId } = await aCoupon(partner, { kind: 'test', source: 'poc-request' });
    expect(await give(partner, couponId, { customerId })).toMatchObject({
      status: 422,
      body: { code: 'TEST_COUPON_NOT_ASSIGNABLE' },
    });
  });

  it("FIN-134: to a reseller-model customer of its own; a reseller's coupon to that reseller's", async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const [one, other] = [await aPartner({ of: distributor }), await aPartner({ of: distributor })];
    const { couponId } = await aCoupon(distributor, { resellerId: one.partnerId });
    const strangers = [
      await aCustomer({ of: other }),
      await aCustomer({ of: distributor }),
      await aCustomer({ of: await aPartner() }),
      await aCustomer({ of: distributor, type: 'referral' }),
      { customerId: 'cus_unknown' },
    ];
    for (const { customerId } of strangers) {
      expect(await give(distributor, couponId, { customerId })).toMatchObject({
        status: 422,
        body: { code: 'CUSTOMER_NOT_ASSOCIATED' },
      });
    }
    const { customerId } = await aCustomer({ of: one });
    expect(await give(distributor, couponId, { customerId })).toMatchObject({
      status: 201,
      body: { part: { customerId, resellerId: one.partnerId } },
    });
  });

  it('FIN-134: two at once for more than there is: one gets it', async () => {
    const partner = await aPartner();
    const { customerId } = await aCustomer({ of: partner });
    const { couponId } = await aCoupon(partner);
    const wish = { customerId, amount: '60.00' };
    const answers = await Promise.all([give(partner, couponId, wish), give(partner, couponId, wish)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await invoke(getCoupon, { as: partner, path: { couponId } })).toMatchObject({ body: { balance: '40.00' } });
  });

  it('FIN-134: a repeat with the same Idempotency-Key assigns once, also after a crash', async () => {
    const partner = await aPartner();
    const { customerId } = await aCustomer({ of: partner });
    const { couponId } = await aCoupon(partner);
    const again = () =>
      give(partner, couponId, { customerId, amount: '10.00' }, { 'idempotency-key': `assign-${couponId}` });
    {
      using _crash = crashAtWrite(2, 'after');
      await again().catch(() => undefined);
    }
    await again();
    await again();
    const balances = (await loadCoupons(partner.partnerId)).map(({ balance }) => balance).sort();
    expect(balances).toEqual([10_000_000_000_000n, 90_000_000_000_000n]);
  });

  it("FIN-03, FIN-134: needs coupon.manage; another partner's coupon is 404; FIN-01: a reseller has none", async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const { customerId } = await aCustomer({ of: distributor });
    const { couponId } = await aCoupon(distributor);
    const finance = await aMember({ of: distributor, roles: ['finance-specialist'] });
    expect(await give(finance, couponId, { customerId })).toMatchObject({
      status: 403,
      body: { code: 'PERMISSION_DENIED' },
    });
    expect((await give(await anOperator(), couponId, { customerId })).status).toBe(403);
    expect(await give(await aPartner(), couponId, { customerId })).toMatchObject({
      status: 404,
      body: { code: 'COUPON_NOT_FOUND' },
    });
    expect(await give(await aPartner({ of: distributor }), couponId, { customerId })).toMatchObject({
      status: 403,
      body: { code: 'PARTNER_TYPE_NOT_BILLED' },
    });
  });
});
