import { beforeAll, describe, expect, it } from 'vitest';
import { issueCoupon, loadCoupons } from '#lib/coupons/index.ts';
import { loadAccount } from '#lib/ledger/index.ts';
import { handler as couponQuotaHistory } from '../../functions/coupons/coupon-quota-history.ts';
import { handler as getCoupon } from '../../functions/coupons/get-coupon.ts';
import { handler as issue } from '../../functions/coupons/issue-coupon.ts';
import { handler as revoke } from '../../functions/coupons/revoke-coupon.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  crashAtWrite,
  invoke,
  publishedEvents,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { aCoupon } from './world.ts';

useStack();

let operator: Caller;

beforeAll(async () => {
  clock.set('2024-07-01T10:00:00.500+08:00');
  operator = await anOperator();
});

const wish = {
  name: 'Basic benefit 2024',
  kind: 'cash',
  source: 'basic-benefit',
  faceValue: '100.129',
  effectiveAt: '2024-07-01T00:00:00+08:00',
  expiresAt: '2024-09-30T23:59:59+08:00',
  reason: 'contract 17',
};
const give = (partner: Pick<TestPartner, 'partnerId'>, fields: object = {}, headers = {}) =>
  invoke(issue, {
    as: operator,
    path: { partnerId: partner.partnerId },
    body: { ...wish, ...fields },
    headers,
  });
const takeBack = (couponId: string, as: Caller = operator) =>
  invoke(revoke, { as, path: { couponId }, body: { reason: 'given by mistake' } });
const owed = async ({ partnerId }: TestPartner) => (await loadAccount(partnerId)).balances['coupons@USD'] ?? 0n;

describe('issue-coupon', () => {
  it('FIN-132, FIN-59: a coupon for all customers and products; its amounts are shown with 2 decimals, cut', async () => {
    const partner = await aPartner();
    expect(await give(partner)).toMatchObject({
      status: 201,
      body: {
        status: 'available',
        faceValue: '100.12',
        balance: '100.12',
        customerId: null,
        multiUse: true,
        excludeMarketplace: false,
        productScope: { mode: 'exclude', codes: [] },
        billingModes: ['pay-per-use', 'monthly', 'yearly', 'reserved-instance'],
        expiresAt: '2024-09-30T15:59:59.000Z',
      },
    });
    expect(await owed(partner)).toBe(-100_129_000_000_000n);
    const traces = await tracesOf(partner.partnerId, 'issue-coupon');
    expect(traces).toMatchObject([{ after: { faceValue: '100.129', reason: 'contract 17' } }]);
    const [event] = (await publishedEvents('coupon.issued')).filter(
      ({ detail }) => detail.partnerId === partner.partnerId,
    );
    expect(event?.detail).toMatchObject({ kind: 'cash', source: 'basic-benefit', faceValue: '100.129' });
  });

  it('FIN-133: an exchange of incentive earnings is valid for a year from its approval; the same exchange yields one coupon', async () => {
    const partner = await aPartner();
    const exchanged = await give(partner, {
      source: 'incentive-exchange',
      effectiveAt: undefined,
      expiresAt: undefined,
    });
    expect(exchanged.body).toMatchObject({
      effectiveAt: '2024-07-01T02:00:00.000Z',
      expiresAt: '2025-07-01T01:59:59.000Z',
    });
    const { effectiveAt: _from, expiresAt: _to, ...coupon } = await aCoupon(partner);
    const exchange = () =>
      asSystem((now) =>
        issueCoupon({ ...coupon, source: 'incentive-exchange' }, { reason: 'exchange', causeId: 'exchange-1' }, now),
      );
    const [one, again] = [await exchange(), await exchange()];
    expect(again.couponId).toBe(one.couponId);
    expect(await loadCoupons(partner.partnerId)).toHaveLength(3);
  });

  it('FIN-133: of two at once with one cause, one is issued', async () => {
    const partner = await aPartner();
    const coupon = await aCoupon(partner);
    const exchange = () =>
      asSystem((now) =>
        issueCoupon({ ...coupon, source: 'incentive-exchange' }, { reason: 'exchange', causeId: 'exchange-2' }, now),
      );
    const [one, two] = await Promise.all([exchange(), exchange()]);
    expect(one.couponId).toBe(two.couponId);
    expect(await owed(partner)).toBe(-200_000_000_000_000n);
  });

  it.each([
    ['no end', { expiresAt: undefined }],
    ['an end before its beginning', { expiresAt: '2024-06-30T23:59:59+08:00' }],
    ['a part of a second', { expiresAt: '2024-09-30T23:59:59.500+08:00' }],
    ['no value', { faceValue: '0' }],
    ['a negative value', { faceValue: '-1' }],
    ['more than 8 decimals', { faceValue: '1.000000001' }],
    ['no product', { productScope: { mode: 'include', codes: [] } }],
    ['a test coupon for earnings', { kind: 'test', source: 'incentive-exchange' }],
  ])('FIN-132: refuses a coupon with %s', async (_, fields) => {
    expect(await give(await aPartner(), fields)).toMatchObject({ status: 422, body: { code: 'COUPON_INVALID' } });
  });

  it("FIN-132, FIN-135: an operator ties it to the partner's own customer or reseller, not to a stranger", async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const [own, referral, stranger] = [
      await aCustomer({ of: reseller }),
      await aCustomer({ of: distributor, type: 'referral' }),
      await aCustomer({ of: await aPartner() }),
    ];
    const test = { kind: 'test', source: 'poc-request' };
    const tied = await give(distributor, { ...test, customerId: own.customerId, resellerId: reseller.partnerId });
    expect(tied).toMatchObject({
      status: 201,
      body: {
        customerId: own.customerId,
        accountName: own.accountName,
        customerName: 'C***r',
        resellerId: reseller.partnerId,
        resellerName: reseller.partner.companyName,
      },
    });
    for (const { customerId } of [referral, stranger, { customerId: 'cus_unknown' }]) {
      expect(await give(distributor, { customerId })).toMatchObject({
        status: 422,
        body: { code: 'CUSTOMER_NOT_ASSOCIATED' },
      });
    }
    const foreign = { resellerId: (await aPartner({ type: 'distributor' })).partnerId };
    expect(await give(distributor, foreign)).toMatchObject({ status: 422, body: { code: 'COUPON_INVALID' } });
  });

  it('FIN-01: a reseller gets no coupon', async () => {
    const reseller = await aPartner({ of: await aPartner({ type: 'distributor' }) });
    expect(await give(reseller)).toMatchObject({ status: 403, body: { code: 'PARTNER_TYPE_NOT_BILLED' } });
  });

  it('FIN-132: is for operators', async () => {
    const partner = await aPartner();
    const asked = await invoke(issue, { as: partner, path: { partnerId: partner.partnerId }, body: wish });
    expect(asked.status).toBe(403);
  });

  it('FIN-136: the same Idempotency-Key gives one coupon, also after a crash in between', async () => {
    const partner = await aPartner();
    const headers = { 'idempotency-key': `issue-${partner.partnerId}` };
    using _crash = crashAtWrite(2, 'before');
    await give(partner, {}, headers).catch(() => undefined);
    const coupons = await loadCoupons(partner.partnerId);
    expect(coupons.length).toBeLessThanOrEqual(1);
    expect(await owed(partner)).toBe(coupons.length === 0 ? 0n : -100_129_000_000_000n);
  });
});

describe('revoke-coupon', () => {
  it('FIN-137, FIN-136: takes the rest alone, tells of it and keeps the history', async () => {
    const partner = await aPartner();
    const { couponId } = (await give(partner)).body as { couponId: string };
    clock.set('2024-07-02T10:00:00+08:00');
    expect(await takeBack(couponId)).toMatchObject({
      status: 200,
      body: { status: 'invalid', faceValue: '100.12', balance: '0.00', revokedAt: '2024-07-02T02:00:00.000Z' },
    });
    expect(await owed(partner)).toBe(0n);
    expect(await takeBack(couponId)).toMatchObject({ status: 409, body: { code: 'COUPON_NOT_AVAILABLE' } });
    const history = await invoke(couponQuotaHistory, { as: partner });
    expect(history.body).toMatchObject({
      items: [
        { couponId, event: 'revoked', amount: '-100.12900000', quotaAfter: '0.00000000' },
        { couponId, event: 'issued', amount: '100.12900000', quotaAfter: '100.12900000', billId: null },
      ],
    });
    expect(await invoke(couponQuotaHistory, { as: partner, query: { to: '2024-07-02T01:59:59Z' } })).toMatchObject({
      body: { items: [{ event: 'issued' }] },
    });
    expect(await invoke(couponQuotaHistory, { as: partner, query: { from: '2024-07-02T02:00:00Z' } })).toMatchObject({
      body: { items: [{ event: 'revoked' }] },
    });
    const events = (await publishedEvents('coupon.revoked')).filter(({ detail }) => detail.couponId === couponId);
    expect(events).toMatchObject([{ detail: { amount: '100.129' } }]);
    expect(await tracesOf(partner.partnerId, 'revoke-coupon')).toMatchObject([
      { outcome: 'done', before: { balance: '100.129' }, after: { balance: '0.00', reason: 'given by mistake' } },
    ]);
  });

  it('FIN-137: two at once take it back once', async () => {
    const partner = await aPartner();
    const { couponId } = await aCoupon(partner);
    const answers = await Promise.all([takeBack(couponId), takeBack(couponId)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await owed(partner)).toBe(0n);
  });

  it('FIN-154: an expired coupon cannot be revoked: lines of its last month may still use it', async () => {
    const { couponId } = await aCoupon(await aPartner(), { to: '2024-06-30T23:59:59+08:00' });
    expect(await takeBack(couponId)).toMatchObject({ status: 409, body: { code: 'COUPON_NOT_AVAILABLE' } });
  });

  it('FIN-137: an unknown coupon is 404', async () => {
    expect(await takeBack('cpn_unknown')).toMatchObject({ status: 404, body: { code: 'COUPON_NOT_FOUND' } });
  });
});

describe('get-coupon', () => {
  it('FIN-144, FIN-154: available to the last second of its validity, then invalid', async () => {
    const partner = await aPartner();
    const { couponId } = await aCoupon(partner, { to: '2024-07-15T23:59:59+08:00' });
    const statusAt = async (time: string) => {
      clock.set(time);
      return (await invoke(getCoupon, { as: partner, path: { couponId } })).body;
    };
    expect(await statusAt('2024-07-15T23:59:59.999+08:00')).toMatchObject({ status: 'available', usages: [] });
    expect(await statusAt('2024-07-16T00:00:00+08:00')).toMatchObject({ status: 'invalid', balance: '100.00' });
  });

  it("FIN-01, FIN-03: another partner's coupon is 404, an account manager may not look", async () => {
    const partner = await aPartner();
    const { couponId } = await aCoupon(partner);
    expect(await invoke(getCoupon, { as: await aPartner(), path: { couponId } })).toMatchObject({
      status: 404,
      body: { code: 'COUPON_NOT_FOUND' },
    });
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    expect(await invoke(getCoupon, { as: manager, path: { couponId } })).toMatchObject({ status: 403 });
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    expect((await invoke(getCoupon, { as: finance, path: { couponId } })).status).toBe(200);
  });
});
