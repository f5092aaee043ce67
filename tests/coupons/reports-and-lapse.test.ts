import { beforeAll, describe, expect, it } from 'vitest';
import { loadAccount } from '#lib/ledger/index.ts';
import { handler as refreshBillEstimates } from '../../functions/billing/refresh-bill-estimates.ts';
import { handler as couponQuotaHistory } from '../../functions/coupons/coupon-quota-history.ts';
import { handler as getCoupon } from '../../functions/coupons/get-coupon.ts';
import { handler as getNotification } from '../../functions/coupons/get-test-coupon-notification.ts';
import { handler as lapseCoupons } from '../../functions/coupons/lapse-coupons.ts';
import { handler as planReports } from '../../functions/coupons/plan-test-coupon-reports.ts';
import { handler as setNotification } from '../../functions/coupons/set-test-coupon-notification.ts';
import { aTaxRule, consume, runBilling } from '../billing/world.ts';
import {
  aCustomer,
  aMember,
  aPartner,
  type Caller,
  clock,
  drain,
  invoke,
  publishedEvents,
  runSchedule,
  sentMails,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { aCoupon } from './world.ts';

useStack();

beforeAll(async () => {
  clock.set('2024-01-01T00:00:00+08:00');
  await aTaxRule('SG');
});

const reportsOf = async ({ partnerId }: TestPartner) =>
  (await publishedEvents('test-coupons.reported')).filter(({ detail }) => detail.partnerId === partnerId);

/** The hourly job, as it was due then. */
async function hour(time: string): Promise<void> {
  clock.set(time);
  await runSchedule(planReports, time);
  await drain();
}

const switchTo = (as: Caller, enabled: boolean, expectedVersion: number) =>
  invoke(setNotification, { as, body: { enabled, expectedVersion } });
const test = { kind: 'test', source: 'poc-request' } as const;

describe('the mails about test coupons', () => {
  it('FIN-138: on by default, off and on again by who manages finance settings', async () => {
    const partner = await aPartner();
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    expect(await invoke(getNotification, { as: finance })).toMatchObject({ body: { enabled: true, version: 0 } });
    expect(await switchTo(finance, false, 0)).toMatchObject({ status: 200, body: { enabled: false, version: 1 } });
    expect(await switchTo(finance, true, 0)).toMatchObject({ status: 409, body: { code: 'VERSION_CONFLICT' } });
    expect(await switchTo(finance, true, 1)).toMatchObject({ body: { enabled: true, version: 2 } });
    expect(await invoke(getNotification, { as: partner })).toMatchObject({ body: { enabled: true, version: 2 } });
    expect(await tracesOf(partner.partnerId, 'set-test-coupon-notification')).toMatchObject([
      { before: { enabled: true }, after: { enabled: false } },
      { outcome: 'refused', code: 'VERSION_CONFLICT' },
      { before: { enabled: false }, after: { enabled: true } },
    ]);
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    expect((await switchTo(manager, false, 2)).status).toBe(403);
    const reseller = await aPartner({ of: await aPartner({ type: 'distributor' }) });
    expect(await switchTo(reseller, false, 0)).toMatchObject({ body: { code: 'PARTNER_TYPE_NOT_BILLED' } });
  });

  it("FIN-139, FIN-140: at 09:00 of the partner's clock, once per date, also on a Saturday", async () => {
    clock.set('2024-08-01T00:00:00+08:00');
    const partner = await aPartner({
      timeZone: 'Asia/Kolkata',
      contact: { name: 'Ada Admin', email: 'kolkata@example.com' },
      financialContact: { name: 'Fay Finance', email: 'fay@example.com' },
    });
    await aCoupon(partner, test);
    await hour('2024-08-24T02:00:00Z'); // 07:30 there
    expect(await reportsOf(partner)).toEqual([]);
    await hour('2024-08-24T03:00:00Z'); // 08:30
    await hour('2024-08-24T03:00:00Z');
    expect(await reportsOf(partner)).toMatchObject([
      { detail: { month: '2024-08', sendAfter: '2024-08-24T03:30:00.000Z', customerCount: 0 } },
    ]);
    await hour('2024-08-24T04:00:00Z');
    await hour('2024-08-27T03:00:00Z');
    expect(await reportsOf(partner)).toHaveLength(1);
    await hour('2024-08-28T03:00:00Z');
    expect(await reportsOf(partner)).toHaveLength(2);
  });

  it('FIN-139, FIN-179: names what test coupons paid on the bill of this month, and the estimate of the running one', async () => {
    clock.set('2024-07-01T00:00:00+08:00');
    const contact = { name: 'Ada Admin', email: 'report@example.com' };
    const partner = await aPartner({ contact });
    const customer = await aCustomer({ of: partner });
    const idle = await aCustomer({ of: partner });
    await aCoupon(partner, { ...test, face: '30.00' });
    await aCoupon(partner, { face: '5.00' });
    clock.set('2024-07-20T12:00:00+08:00');
    await consume(customer, { list: '100', at: '2024-07-20T10:00:00+08:00' });
    clock.set('2024-08-05T02:00:00+08:00');
    await runBilling('2024-08-05T02:00:00+08:00');
    clock.set('2024-08-20T12:00:00+08:00');
    await consume(customer, { list: '70.129', at: '2024-08-20T10:00:00+08:00' });
    await consume(idle, { list: '7', at: '2024-08-20T10:00:00+08:00' });
    clock.set('2024-08-24T01:00:00+08:00');
    await runSchedule(refreshBillEstimates, '2024-08-24T01:00:00+08:00');
    await drain();
    await hour('2024-08-24T09:00:00+08:00');
    expect(await reportsOf(partner)).toMatchObject([
      {
        detail: {
          couponsUsed: '30.00',
          estimatedAmountDue: '77.129',
          customerCount: 2,
          customers: [
            { accountName: customer.accountName, couponsUsed: '30.00', estimatedAmountDue: '70.129' },
            { accountName: idle.accountName, couponsUsed: '0.00', estimatedAmountDue: '7.00' },
          ],
        },
      },
    ]);
    const mails = (await sentMails()).filter((mail) => JSON.stringify(mail).includes(contact.email));
    const about = mails.filter((mail) => JSON.stringify(mail).includes('ecosystem manager'));
    expect(about).toHaveLength(1);
    expect(JSON.stringify(about[0])).toContain(`${customer.accountName}: 30.00 / 70.12`);
  });

  it('FIN-138, FIN-141: none while it is off, none without a test coupon in the month', async () => {
    clock.set('2024-08-01T00:00:00+08:00');
    const [off, over, cash] = [await aPartner(), await aPartner(), await aPartner()];
    await aCoupon(off, test);
    await switchTo(off, false, 0);
    await aCoupon(over, { ...test, to: '2024-07-31T23:59:59+08:00' });
    await aCoupon(cash);
    await hour('2024-08-24T09:00:00+08:00');
    for (const partner of [off, over, cash]) expect(await reportsOf(partner)).toEqual([]);
    clock.set('2024-08-25T09:00:00+08:00');
    await switchTo(off, true, 1);
    await hour('2024-08-28T09:00:00+08:00');
    expect(await reportsOf(off)).toHaveLength(1);
  });
});

describe('lapse-coupons', () => {
  const lapse = async (time: string) => {
    clock.set(time);
    await runSchedule(lapseCoupons, time);
    await drain();
  };
  const stateOf = async (partner: TestPartner, couponId: string) =>
    (await invoke(getCoupon, { as: partner, path: { couponId } })).body;

  it('FIN-136, FIN-154, FIN-165: the rest lapses after the bill of the month of expiry, once', async () => {
    clock.set('2025-03-01T00:00:00+08:00');
    const partner = await aPartner();
    const customer = await aCustomer({ of: partner });
    const { couponId } = await aCoupon(partner, { to: '2025-03-31T23:59:59+08:00', face: '60.00' });
    const later = await aCoupon(partner, { to: '2025-04-01T00:00:00+08:00' });
    clock.set('2025-03-31T12:00:00+08:00');
    await consume(customer, { list: '10', at: '2025-03-31T10:00:00+08:00' });
    await lapse('2025-04-01T00:05:00+08:00');
    expect(await stateOf(partner, couponId)).toMatchObject({ status: 'invalid', balance: '60.00', lapsedAt: null });
    clock.set('2025-04-05T02:00:00+08:00');
    await runBilling('2025-04-05T02:00:00+08:00');
    expect(await stateOf(partner, couponId)).toMatchObject({ status: 'invalid', balance: '50.00' });
    await lapse('2025-04-06T00:05:00+08:00');
    await lapse('2025-04-07T00:05:00+08:00');
    expect(await stateOf(partner, couponId)).toMatchObject({
      status: 'invalid',
      balance: '0.00',
      lapsedAt: '2025-04-05T16:05:00.000Z',
    });
    expect(await stateOf(partner, later.couponId)).toMatchObject({ balance: '100.00' });
    const history = await invoke(couponQuotaHistory, { as: partner, query: { from: '2025-04-05T16:00:00Z' } });
    expect(history.body).toMatchObject({
      items: [{ couponId, event: 'expired', amount: '-50.00000000', quotaAfter: '0.00000000' }],
    });
    expect((await loadAccount(partner.partnerId)).balances['coupons@USD']).toBe(-100_000_000_000_000n);
    expect(await tracesOf(partner.partnerId, 'lapse-coupon')).toHaveLength(1);
  });

  it('FIN-154: without anything to bill in that month, as soon as the run has passed the partner', async () => {
    clock.set('2025-05-01T00:00:00+08:00');
    const partner = await aPartner();
    const { couponId } = await aCoupon(partner, { to: '2025-05-31T23:59:59+08:00' });
    await lapse('2025-06-02T00:05:00+08:00');
    expect(await stateOf(partner, couponId)).toMatchObject({ balance: '100.00' });
    clock.set('2025-06-05T02:00:00+08:00');
    await runBilling('2025-06-05T02:00:00+08:00');
    await lapse('2025-06-06T00:05:00+08:00');
    expect(await stateOf(partner, couponId)).toMatchObject({ status: 'invalid', balance: '0.00' });
  });

  it('FIN-154: daily at 00:05 in GMT+08:00', () => {
    expect(lapseCoupons.definition).toMatchObject({ schedule: 'cron(5 0 * * ? *)', timezone: 'Asia/Singapore' });
  });
});
