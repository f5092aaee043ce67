import { beforeAll, describe, expect, it } from 'vitest';
import { couponExhausted, couponUsed } from '#events/coupons.ts';
import { type Coupon, listQuota, listUsages, loadCoupons, statusOf } from '#lib/coupons/index.ts';
import { loadAccount } from '#lib/ledger/index.ts';
import { exactText } from '#lib/shared/money.ts';
import { type BillingMonth, monthPlus, nextMonth, previousMonth } from '#lib/shared/time.ts';
import exhaustedSample from '../../events/samples/coupon.exhausted.v1.json' with { type: 'json' };
import usedSample from '../../events/samples/coupon.used.v1.json' with { type: 'json' };
import { handler as explainBillLine } from '../../functions/billing/explain-bill-line.ts';
import { handler as getMonthlyBill } from '../../functions/billing/get-monthly-bill.ts';
import { aCouponFor, balancesOf } from '../billing/coupons.ts';
import { fixedPrice, percentage } from '../billing/discounts.ts';
import { allLines } from '../billing/lines.ts';
import { aTaxRule, consume, grant, runBilling } from '../billing/world.ts';
import {
  aCustomer,
  aPartner,
  clock,
  invoke,
  publishedEvents,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';

useStack();

const END = '2099-12-31T23:59:59+08:00';
const untaxed = { registrationArea: { countryRegion: 'HK' } } as const;
/** A cycle is billed once, so every story has its own, with the one before it. */
let cycle = '2024-07' as BillingMonth;
const july = (day: string, time = '10:00:00') => `${cycle}-${day}T${time}+08:00`;
const june = (day: string) => `${previousMonth(cycle)}-${day}T10:00:00+08:00`;
const evs = { productTypeCode: 'EVS', billingMode: 'yearly-monthly', termUnit: 'Month' };
const vpc = { productTypeCode: 'VPC' };
const ONLY = { VPC: { productScope: { mode: 'include', codes: ['VPC'] } } } as const;

const billOf = async (partner: TestPartner, cycle: string) =>
  (await invoke(getMonthlyBill, { as: partner, path: { cycle } })).body;

async function bill(month: BillingMonth): Promise<void> {
  clock.set(`${nextMonth(month)}-05T02:30:00+08:00`);
  await runBilling(`${nextMonth(month)}-05T02:00:00+08:00`);
}

/** What the ledger holds for a partner in the currency of bills, without what is zero. */
async function ledgerOf(partner: TestPartner): Promise<Record<string, string>> {
  const { balances } = await loadAccount(partner.partnerId);
  const shown = Object.entries(balances).filter(([place, amount]) => place.endsWith('@USD') && amount !== 0n);
  return Object.fromEntries(shown.map(([place, amount]) => [place.slice(0, -'@USD'.length), exactText(amount)]));
}

beforeAll(async () => {
  clock.set('2024-05-01T00:00:00+08:00');
  await aTaxRule('SG', { VAT: '0.07' });
  await aTaxRule('HK');
});

describe('the worked example', () => {
  let partner: TestPartner;
  let customers: TestCustomer[];
  let coupons: Record<'K0' | 'K1' | 'K2' | 'K3', Coupon>;

  beforeAll(async () => {
    clock.set('2024-06-01T00:00:00+08:00');
    partner = await aPartner();
    customers = [await aCustomer({ of: partner }), await aCustomer({ of: partner }), await aCustomer({ of: partner })];
    const [c1, c2, c3] = customers as [TestCustomer, TestCustomer, TestCustomer];
    await grant(partner, [percentage('0.25'), percentage('0.10', { settlementClass: 'promotional' })]);
    const vpcOnly = { settlementClass: 'special', productTypeCodes: ['VPC'] } as const;
    await grant(partner, [percentage('0.5', vpcOnly)], { customerId: c2.customerId });
    const cdnOnly = { settlementClass: 'special', productTypeCodes: ['CDN'] } as const;
    await grant(partner, [fixedPrice('2.40', 'Mbps', cdnOnly)], { customerId: c3.customerId });

    const K0 = await aCouponFor(partner, { face: '40', customerId: c1.customerId, to: '2024-06-30T23:59:59+08:00' });
    const [order] = await consume(c1, { ...evs, list: '400', at: june('10') });
    await bill(previousMonth(cycle));

    clock.set(july('02'));
    coupons = {
      K0,
      K1: await aCouponFor(partner, { face: '100', customerId: c1.customerId }),
      K2: await aCouponFor(partner, {
        face: '50',
        kind: 'test',
        source: 'poc-request',
        to: '2024-09-30T23:59:59+08:00',
        ...ONLY.VPC,
      }),
      K3: await aCouponFor(partner, { face: '25', billingModes: ['pay-per-use'], to: '2024-07-15T23:59:59+08:00' }),
    };
    clock.set(july('31'));
    await consume(c1, { ...evs, list: '1000', at: july('10') });
    await consume(c1, { ...evs, billType: 'refund', originalRecordId: order, list: '-400', at: july('22') });
    await consume(c2, { ...vpc, list: '72.576', at: july('03') }, { ...vpc, list: '24.96', at: july('12') });
    await consume(c2, { ...vpc, list: '92.16', at: july('20') });
    const measured = { productTypeCode: 'CDN', usage: '124', pricingUnit: 'Mbps', measuringPoints: 15 * 288 };
    await consume(c3, { ...measured, list: '180', at: july('31') });
    await consume(c3, { settlementClass: 'promotional', list: '19.8415975', at: july('31') });
    await consume(c3, { billType: 'adjustment', list: '-12.50', at: july('25') });
    await bill(cycle);
  });

  it('FIN-50, FIN-58 (example 2): amount due 598.35, coupons 135.00 (cash 85.00, test 50.00), tax 39.14438064', async () => {
    expect(await billOf(partner, cycle)).toMatchObject({
      expenditures: '1006.70543775',
      refunds: '-300.00000000',
      adjustments: '-12.50000000',
      couponsUsed: '135.00000000',
      couponsUsedCash: '85.00000000',
      couponsUsedTest: '50.00000000',
      taxExclusiveDue: '559.20543775',
      tax: '39.14438064',
      billAmountExact: '598.34981839',
      amountDue: '598.35',
    });
  });

  it('FIN-154 (example 2): K1, K2 and K3 are at 0 and used', async () => {
    const [, ...ids] = Object.values(coupons).map(({ couponId }) => couponId);
    const after = (await loadCoupons(partner.partnerId)).filter(({ couponId }) => ids.includes(couponId));
    expect(after.map((coupon) => [exactText(coupon.balance), statusOf(coupon, clock.now())])).toEqual(
      Array.from({ length: 3 }, () => ['0.00', 'used']),
    );
    const exhausted = await publishedEvents('coupon.exhausted');
    expect(exhausted.filter(({ detail }) => ids.includes(String(detail.couponId)))).toHaveLength(3);
  });

  it('FIN-35, FIN-54, FIN-63: every line takes what the example says, of the coupons it says', async () => {
    const lines = await allLines(partner, cycle);
    const shown = (customer: TestCustomer | undefined) =>
      lines
        .filter(({ customerId }) => customerId === customer?.customerId)
        .map(({ couponsUsed, taxExclusiveDue, tax, due }) => [couponsUsed, taxExclusiveDue, tax, due].map(Number));
    expect(shown(customers[0])).toEqual([
      [100, 650, 45.5, 695.5],
      [-40, -260, -18.2, -278.2],
    ]);
    expect(shown(customers[1])).toEqual([
      [36.288, 0, 0, 0],
      [12.48, 0, 0, 0],
      [26.232, 19.848, 1.38936, 21.23736],
    ]);
    expect(shown(customers[2]).map(([used]) => used)).toEqual([0, 0, 0]);
    const first = lines.find(({ expenditure }) => expenditure === '72.57600000');
    expect(first).toMatchObject({
      couponUsages: [
        { couponId: coupons.K3.couponId, kind: 'cash', amount: '25.00000000' },
        { couponId: coupons.K2.couponId, kind: 'test', amount: '11.28800000' },
      ],
      couponsUsedCash: '25.00000000',
      couponsUsedTest: '11.28800000',
    });
    expect(lines.find(({ billType }) => billType === 'Refund')).toMatchObject({
      restoresCoupons: 'No',
      couponUsages: [{ couponId: coupons.K0.couponId, amount: '-40.00000000' }],
    });
  });

  it('FIN-35: the explanation of a line names its coupons and comes out the same', async () => {
    const lines = await allLines(partner, cycle);
    const { lineId } = lines.find(({ expenditure }) => expenditure === '72.57600000') ?? {};
    const path = { billId: `bill_2024-07_${partner.partnerId}`, lineId: String(lineId) };
    const { body } = await invoke(explainBillLine, { as: partner, path });
    expect(body.matches).toBe(true);
    const formula = `25 of cash coupon ${coupons.K3.couponId} + 11.288 of test coupon ${coupons.K2.couponId}`;
    expect(body.steps).toContainEqual({ rule: 'FIN-55', formula, result: '36.28800000' });
  });

  it('FIN-136: every use is in the usage records and in the quota history', async () => {
    const { usages } = await listUsages(coupons.K2.couponId, { limit: 2 });
    expect(usages.map(({ amount, cycle }) => [exactText(amount), cycle])).toEqual([
      ['26.232', '2024-07'],
      ['12.48', '2024-07'],
    ]);
    const { entries } = await listQuota(partner.partnerId, {}, { limit: 50 });
    const ofK2 = entries.filter(({ couponId, event }) => couponId === coupons.K2.couponId && event === 'used');
    expect(ofK2.map(({ amount, quotaAfter, billId }) => [exactText(amount), exactText(quotaAfter), billId])).toEqual([
      ['-50.00', '0.00', `bill_2024-07_${partner.partnerId}`],
    ]);
  });

  it('FIN-57: in the ledger nothing stays applied, and what the refund kept is no expense', async () => {
    const ledger = await ledgerOf(partner);
    expect(ledger).not.toHaveProperty('coupons-applied');
    expect(ledger).not.toHaveProperty('coupons'); // issued 215, all used
    expect(ledger['coupon-expense']).toBe('175.00'); // 215 issued − 40 kept by the refund
  });
});

/** A partner without tax, with one customer and the coupons of a story. */
async function aStory(wishesOf: () => Parameters<typeof aCouponFor>[1][] = () => []) {
  cycle = monthPlus(cycle, 2);
  clock.set(`${previousMonth(cycle)}-01T00:00:00+08:00`);
  const wishes = wishesOf();
  const partner = await aPartner(untaxed);
  const customer = await aCustomer({ of: partner });
  const coupons: Coupon[] = [];
  for (const wish of wishes) coupons.push(await aCouponFor(partner, { to: END, ...wish }));
  const left = async () => {
    const balances = await balancesOf(partner);
    return coupons.map(({ couponId }) => balances[couponId]);
  };
  return { partner, customer, coupons, left };
}

it('FIN-35 (example 7): 1000 at 25% with a coupon of 100 is 650 before tax, not 675', async () => {
  const { partner, customer } = await aStory(() => [{ face: '100' }]);
  await grant(partner, [percentage('0.25')]);
  clock.set(july('20'));
  await consume(customer, { list: '1000', at: july('10') });
  await bill(cycle);
  expect(await allLines(partner, cycle)).toMatchObject([
    { settlementAmount: '750.00000000', couponsUsed: '100.00000000', taxExclusiveDue: '650.00000000' },
  ]);
});

it('FIN-54 (example 13): the coupon for the customer pays before one for all that expires sooner', async () => {
  const { partner, customer } = await aStory();
  await aCouponFor(partner, { name: 'G', to: july('28') });
  await aCouponFor(partner, { name: 'S', customerId: customer.customerId, to: '2099-12-31T23:59:59+08:00' });
  clock.set(july('20'));
  await consume(customer, { list: '10', at: july('10') });
  await bill(cycle);
  const after = await loadCoupons(partner.partnerId);
  expect(Object.fromEntries(after.map(({ name, balance }) => [name, exactText(balance)]))).toEqual({
    G: '100.00',
    S: '90.00',
  });
});

it('FIN-53 (example 14): a coupon that expires at the second of the transaction pays, a second later it does not', async () => {
  const { partner, customer, left } = await aStory(() => [{ to: july('15', '23:59:59') }]);
  clock.set(july('20'));
  const hourly = { spentFrom: july('15', '22:00:00') };
  await consume(customer, { ...hourly, list: '1', at: july('15', '23:59:59') });
  await consume(customer, { ...hourly, list: '2', at: july('16', '00:00:00') });
  await bill(cycle);
  const lines = await allLines(partner, cycle);
  expect(lines.map(({ couponsUsed }) => couponsUsed)).toEqual(['1.00000000', '0.00000000']);
  expect(await left()).toEqual(['99.00']);
});

it('FIN-53: consumption that ends at 00:00 on the 1st may use a coupon of the month just over', async () => {
  const { customer, left } = await aStory(() => [{ to: `${cycle}-31T23:59:59+08:00` }]);
  clock.set(`${nextMonth(cycle)}-01T03:00:00+08:00`);
  await consume(customer, { list: '3', at: `${nextMonth(cycle)}-01T00:00:00+08:00` });
  await bill(cycle);
  expect(await left()).toEqual(['97.00']);
});

it('FIN-53 (example 15): a pay-per-use coupon pays nothing of an order', async () => {
  const { customer, left } = await aStory(() => [{ billingModes: ['pay-per-use'] }]);
  clock.set(july('20'));
  await consume(customer, { ...evs, list: '10', at: july('10') });
  await bill(cycle);
  expect(await left()).toEqual(['100.00']);
});

describe('FIN-61, FIN-62, FIN-172 (example 16): an order of 60.00, of which 20.00 by a coupon, fully unsubscribed', () => {
  it.each([
    ['in effect', { unsubscriptionCase: 'other' }, 'No', '0.00'],
    ['nothing said', {}, 'No', '0.00'],
    ['not in effect', { unsubscriptionCase: 'order-not-in-effect' }, 'Yes', '20.00'],
    ['an exception', { unsubscriptionCase: 'order-exception' }, 'Yes', '20.00'],
    ['a renewal that has not started', { unsubscriptionCase: 'renewal-not-started' }, 'Yes', '20.00'],
  ])('FIN-62: %s', async (_name, fields, flag, balance) => {
    const { partner, customer, left } = await aStory(() => [{ face: '20' }]);
    clock.set(june('20'));
    const [order] = await consume(customer, { ...evs, list: '60', at: june('10') });
    await bill(previousMonth(cycle));
    expect(await left()).toEqual(['0.00']);
    clock.set(july('20'));
    const refund = { ...evs, billType: 'refund', originalRecordId: order, list: '-60' } as const;
    await consume(customer, { ...refund, ...fields, at: july('12') });
    await bill(cycle);
    expect(await allLines(partner, cycle)).toMatchObject([
      {
        settlementAmount: '-60.00000000',
        couponsUsed: '-20.00000000',
        taxExclusiveDue: '-40.00000000',
        restoresCoupons: flag,
      },
    ]);
    expect(await left()).toEqual([balance]);
    const ledger = await ledgerOf(partner);
    expect(ledger).not.toHaveProperty('coupons-applied');
    expect(ledger.coupons).toBe(balance === '0.00' ? undefined : '-20.00');
  });
});

it('FIN-63, FIN-64, FIN-185: a refund on the same bill gives two coupons back their parts, for later lines only', async () => {
  const { partner, customer, left } = await aStory(() => [
    { face: '20', to: july('28') },
    { face: '10', kind: 'test' },
  ]);
  clock.set(july('25'));
  const [order] = await consume(customer, { ...evs, list: '60', at: july('05') });
  await consume(customer, { list: '7', at: july('11') }, { list: '12', at: july('13') });
  const half = { ...evs, billType: 'refund', originalRecordId: order, list: '-30' } as const;
  await consume(customer, { ...half, unsubscriptionCase: 'order-not-in-effect', at: july('12') });
  await bill(cycle);
  const lines = await allLines(partner, cycle);
  expect(lines.map(({ couponsUsed }) => couponsUsed)).toEqual([
    '30.00000000',
    '0.00000000',
    '-15.00000000',
    '12.00000000',
  ]);
  expect(await left()).toEqual(['0.00', '3.00']);
  expect(await billOf(partner, cycle)).toMatchObject({ couponsUsed: '27.00000000', amountDue: '22.00' });
});

it('FIN-56: a coupon for one use serves one line; its rest lapses in the ledger too', async () => {
  const { partner, customer, left } = await aStory(() => [{ face: '50', multiUse: false }]);
  clock.set(july('20'));
  await consume(customer, { list: '10', at: july('10') }, { list: '10', at: july('11') });
  await bill(cycle);
  expect((await allLines(partner, cycle)).map(({ couponsUsed }) => couponsUsed)).toEqual(['10.00000000', '0.00000000']);
  expect(await left()).toEqual(['0.00']);
  expect(await ledgerOf(partner)).toMatchObject({ 'coupon-expense': '10.00' });
});

it('FIN-51: events are what their samples show', async () => {
  expect(couponUsed.detail.parse(usedSample)).toEqual(usedSample);
  expect(couponExhausted.detail.parse(exhaustedSample)).toEqual(exhaustedSample);
  const [used] = await publishedEvents('coupon.used');
  expect(Object.keys(used?.detail ?? {}).sort()).toEqual(Object.keys(usedSample).sort());
  const [exhausted] = await publishedEvents('coupon.exhausted');
  expect(Object.keys(exhausted?.detail ?? {}).sort()).toEqual(Object.keys(exhaustedSample).sort());
});

it('FIN-51, FIN-65: an estimate takes nothing from coupons', async () => {
  const { partner, customer, left } = await aStory(() => [{ face: '50' }]);
  clock.set(july('20'));
  await consume(customer, { list: '10', at: july('10') });
  const lines = await allLines(partner, cycle);
  expect(lines).toMatchObject([{ couponsUsed: '0.00000000', couponUsages: [] }]);
  expect(await left()).toEqual(['50.00']);
});
