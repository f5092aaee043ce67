import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadBill } from '#lib/billing/index.ts';
import { type Coupon, listQuota, loadCoupons } from '#lib/coupons/index.ts';
import { loadAccount } from '#lib/ledger/index.ts';
import { topUpFromIncentive } from '#lib/repayments/index.ts';
import { exactText, parseMoney } from '#lib/shared/money.ts';
import { type BillingMonth, monthPlus } from '#lib/shared/time.ts';
import { handler as getBill } from '../../functions/billing/get-bill.ts';
import { handler as getBillRun } from '../../functions/billing/get-bill-run.ts';
import { handler as getMonthlyBill } from '../../functions/billing/get-monthly-bill.ts';
import { handler as listBillCorrections } from '../../functions/billing/list-bill-corrections.ts';
import { handler as listBillDetails } from '../../functions/billing/list-bill-details.ts';
import { handler as listReconciliations } from '../../functions/billing/list-reconciliations.ts';
import { handler as postAdjustment } from '../../functions/billing/post-adjustment.ts';
import { handler as reissueBill } from '../../functions/billing/reissue-bill.ts';
import { handler as startReconciliation } from '../../functions/billing/start-reconciliation.ts';
import { handler as voidBill } from '../../functions/billing/void-bill.ts';
import { handler as lapseCoupons } from '../../functions/coupons/lapse-coupons.ts';
import { handler as writeOffBill } from '../../functions/repayments/write-off-bill.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  crashAtWrite,
  drain,
  invoke,
  publishedEvents,
  runSchedule,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { contents } from './contents.ts';
import { aCouponFor, balancesOf } from './coupons.ts';
import { percentage } from './discounts.ts';
import { allLines } from './lines.ts';
import { aTaxRule, consume, grant, runBilling } from './world.ts';

useStack();

const SINCE = '2014-01-01T00:00:00+08:00';
const FOR_EVER = { from: SINCE, to: '2099-12-31T23:59:59+08:00' };
let operator: Caller;
let partner: TestPartner;
let customer: TestCustomer;
let cycle = '2015-01' as BillingMonth;

beforeAll(async () => {
  clock.set('2014-12-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('SG', { VAT: '0.07' }, SINCE);
});

/** Every test has a cycle and a partner of its own. */
beforeEach(async () => {
  cycle = monthPlus(cycle, 2);
  clock.set(`${monthPlus(cycle, -1)}-15T00:00:00+08:00`);
  partner = await aPartner();
  customer = await aCustomer({ of: partner });
  clock.set(`${cycle}-28T00:00:00+08:00`);
});

const at = () => `${cycle}-10T10:00:00+08:00`;
const dueAt = (of = cycle) => `${monthPlus(of, 1)}-05T02:00:00+08:00`;
const first = () => `bill_${cycle}_${partner.partnerId}`;
const second = () => `${first()}_r2`;

async function bill(of = cycle): Promise<void> {
  clock.set(dueAt(of));
  await runBilling(dueAt(of));
}

const voided = (billId = first(), query = {}) =>
  invoke(voidBill, { as: operator, path: { billId }, query, body: { reason: 'wrong discount' } });
const reissued = (billId = first()) =>
  invoke(reissueBill, { as: operator, path: { billId }, body: { reason: 'discount entered' } });
const shown = async (billId: string) => (await invoke(getBill, { as: partner, path: { billId } })).body;
const linksOf = async (billId: string) => (await invoke(listBillCorrections, { as: partner, path: { billId } })).body;
const linesOf = async (billId: string) => (await invoke(listBillDetails, { as: partner, path: { billId } })).body.items;
const placeOf = async () =>
  (await invoke(getBillRun, { as: operator, path: { cycle }, query: { limit: 100 } })).body.items.find(
    (item: { partnerId: string }) => item.partnerId === partner.partnerId,
  );
const balances = async () => {
  const account = await loadAccount(partner.partnerId);
  const open = Object.entries(account.balances).filter(([, amount]) => amount !== 0n);
  return Object.fromEntries(open.map(([place, amount]) => [place, exactText(amount)]));
};
const topUp = (amount: string, reference = 'top-up') =>
  asSystem((now) =>
    topUpFromIncentive({ partnerId: partner.partnerId, currency: 'USD', amount: parseMoney(amount), reference }, now),
  );

describe('a bill of which nothing is paid', () => {
  it('FIN-14, FIN-15: is voided, stays as it is, and is made anew from the same records by the rules of now', async () => {
    await consume(customer, { list: '100', at: at() }, { list: '50.4', at: at() });
    await bill();
    const before = await shown(first());
    const lines = await linesOf(first());
    clock.advance({ days: 1 });
    const answer = await voided();
    expect(answer).toMatchObject({
      status: 200,
      body: { dryRun: false, bill: { status: 'voided', outstanding: '0.00' } },
    });
    await drain();

    const { status, outstanding, ...document } = await shown(first());
    expect([status, outstanding]).toEqual(['voided', '0.00']);
    expect({ ...document, status: 'unpaid', outstanding: '160.93' }).toEqual(before);
    expect(await linesOf(first())).toEqual(lines);
    expect(await balances()).toEqual({});
    expect(await publishedEvents('bill.voided')).toContainEqual(
      expect.objectContaining({ detail: expect.objectContaining({ billId: first(), amountDuePayment: '160.93' }) }),
    );
    expect((await invoke(getMonthlyBill, { as: partner, path: { cycle } })).body).toMatchObject({
      kind: 'estimate',
      billId: second(),
      status: 'generating',
    });
    expect(await placeOf()).toMatchObject({ state: 'voided', bill: null });

    await grant(partner, [percentage('0.25')], { from: SINCE });
    expect(await reissued()).toMatchObject({ status: 202, body: { state: 'generating' } });
    await drain();
    expect(await shown(second())).toMatchObject({
      status: 'unpaid',
      expenditures: '112.80000000',
      amountDue: '120.70',
    });
    expect((await invoke(getMonthlyBill, { as: partner, path: { cycle } })).body.billId).toBe(second());
    expect(await linesOf(second())).toMatchObject([{ lineId: lines[0].lineId }, { lineId: lines[1].lineId }]);
    expect(await linesOf(first())).toEqual(lines);
    expect(await linksOf(first())).toMatchObject({
      status: 'voided',
      predecessorBillId: null,
      successorBillId: second(),
    });
    expect(await linksOf(second())).toMatchObject({ predecessorBillId: first(), successorBillId: null });
    expect(await balances()).toMatchObject({ 'receivable@USD': '120.70', 'revenue@USD': '-112.80' });
    expect(await placeOf()).toMatchObject({ state: 'issued', bill: { billId: second() }, linesEqualHeader: true });
    const { run } = (await invoke(getBillRun, { as: operator, path: { cycle } })).body;
    expect(run).toMatchObject({ amountDue: '120.70', billAmountExact: '120.69600000' });
    expect(run.partners).toMatchObject({ issued: 1, voided: 0, voiding: 0 });

    clock.advance({ minutes: 1 });
    await invoke(startReconciliation, { as: operator, path: { cycle }, body: { partnerId: partner.partnerId } });
    await drain();
    const { items } = (await invoke(listReconciliations, { as: operator, path: { cycle } })).body;
    expect(items).toMatchObject([{ billId: second(), reconciled: true }]);
  });

  it('FIN-14: usage that comes late stays on the next bill', async () => {
    await consume(customer, { list: '100', at: at() });
    await bill();
    await consume(customer, { list: '7', at: at() });
    await voided();
    await consume(customer, { list: '9', at: at() });
    await reissued();
    await drain();
    expect(await shown(second())).toMatchObject({ expenditures: '100.00000000', lineCount: 1 });
    await bill(monthPlus(cycle, 1));
    expect(await allLines(partner, monthPlus(cycle, 1))).toHaveLength(2);
  });

  it('FIN-15: may be voided again, and made anew again', async () => {
    await consume(customer, { list: '100', at: at() });
    await bill();
    await voided();
    await reissued();
    await drain();
    expect((await voided(second())).status).toBe(200);
    await reissued(second());
    await drain();
    expect(await shown(`${first()}_r3`)).toMatchObject({ status: 'unpaid', amountDue: '107.00' });
    expect(await linksOf(second())).toMatchObject({ predecessorBillId: first(), successorBillId: `${first()}_r3` });
    expect(await balances()).toMatchObject({ 'receivable@USD': '107.00' });
  });

  it('FIN-87: no money touches it once it is voided; it waits for its successor', async () => {
    await consume(customer, { list: '100', at: at() });
    await bill();
    await voided();
    await topUp('60');
    await drain();
    expect(await shown(first())).toMatchObject({ status: 'voided', paidAmount: '0.00' });
    expect((await balances())['cash@USD']).toBe('-60.00');
    await reissued();
    await drain();
    expect(await shown(second())).toMatchObject({ status: 'partially-paid', outstanding: '47.00' });
  });
});

describe('coupons of a voided bill', () => {
  const balancesAfter = async (...coupons: Coupon[]) => {
    const all = await balancesOf(partner);
    return coupons.map(({ couponId }) => all[couponId]);
  };

  it('FIN-64, FIN-136: get back what it took, with history and postings, and pay for the lines of its successor', async () => {
    const many = await aCouponFor(partner, { face: '120', ...FOR_EVER });
    const once = await aCouponFor(partner, {
      face: '80',
      multiUse: false,
      customerId: customer.customerId,
      ...FOR_EVER,
    });
    await consume(customer, { list: '50', at: at() }, { list: '100', at: `${cycle}-12T10:00:00+08:00` });
    const before = await balances();
    await bill();
    expect(await balancesAfter(many, once)).toEqual(['20.00', '0.00']);
    const used = await shown(first());
    expect(used).toMatchObject({ couponsUsed: '150.00000000', amountDue: '0.00' });

    const preview = await voided(first(), { dryRun: 'true' });
    const { coupons } = (await voided()).body;
    expect(preview.body.coupons).toEqual(coupons);
    expect(coupons).toContainEqual({ couponId: many.couponId, used: '100.00000000' });
    expect(coupons).toContainEqual({ couponId: once.couponId, used: '50.00000000' });
    await drain();
    expect(await balancesAfter(many, once)).toEqual(['120.00', '80.00']);
    expect(await balances()).toEqual(before);
    const { entries } = await listQuota(partner.partnerId, {}, { limit: 100 });
    const restored = entries.filter(({ event }) => event === 'restored');
    expect(restored.map(({ amount }) => exactText(amount)).sort()).toEqual(['100.00', '80.00']);
    expect(restored.every(({ billId }) => billId === first())).toBe(true);

    await reissued();
    await drain();
    expect(await shown(second())).toMatchObject({ couponsUsed: '150.00000000', amountDue: '0.00' });
    expect(await balancesAfter(many, once)).toEqual(['20.00', '0.00']);
  });

  it('FIN-53, FIN-64: one that lapsed since may pay again for lines of its time', async () => {
    const coupon = await aCouponFor(partner, { face: '60', from: SINCE, to: `${cycle}-20T23:59:59+08:00` });
    await consume(customer, { list: '50', at: at() });
    await bill();
    await runSchedule(lapseCoupons, `${monthPlus(cycle, 1)}-06T00:05:00+08:00`);
    await drain();
    expect(await balancesAfter(coupon)).toEqual(['0.00']);
    await voided();
    await drain();
    expect(await balancesAfter(coupon)).toEqual(['50.00']);
    await runSchedule(lapseCoupons, `${monthPlus(cycle, 1)}-07T00:05:00+08:00`);
    await drain();
    expect(await balancesAfter(coupon)).toEqual(['50.00']);
    await reissued();
    await drain();
    expect(await shown(second())).toMatchObject({ couponsUsed: '50.00000000', amountDue: '0.00' });
  });

  it('FIN-61, FIN-62: what a refund of the bill gave back or kept is undone, too', async () => {
    const coupon = await aCouponFor(partner, { face: '30', ...FOR_EVER });
    const order = { billingMode: 'yearly-monthly', orderType: 'new-purchase', numberOfTerms: 1, termUnit: 'Month' };
    const [kept, given] = await consume(
      customer,
      { list: '20', at: at(), ...order },
      { list: '10', at: `${cycle}-11T10:00:00+08:00`, ...order },
    );
    const refund = { billingMode: 'yearly-monthly', orderType: 'unsubscription', billType: 'refund' as const };
    await consume(
      customer,
      { list: '-20', at: `${cycle}-12T10:00:00+08:00`, ...refund, originalRecordId: kept, restoresCoupons: false },
      { list: '-10', at: `${cycle}-13T10:00:00+08:00`, ...refund, originalRecordId: given, restoresCoupons: true },
    );
    const before = await balances();
    await bill();
    expect(await balancesAfter(coupon)).toEqual(['10.00']);
    await voided();
    await drain();
    expect(await balancesAfter(coupon)).toEqual(['30.00']);
    expect(await balances()).toEqual(before);
    await reissued();
    await drain();
    expect(await balancesAfter(coupon)).toEqual(['10.00']);
  });

  it.each(Array.from({ length: 9 }, (_, i) => i + 1))(
    'FIN-15, FIN-165: a crash behind write %i of voiding and making anew leaves one valid bill and whole coupons',
    async (n) => {
      const coupon = await aCouponFor(partner, { face: '120', ...FOR_EVER });
      await consume(customer, { list: '100', at: at() });
      await bill();
      {
        using _fault = crashAtWrite(n, 'after');
        await voided();
        await drain();
        await reissued();
        await drain();
      }
      await voided(); // refused, but pushed on
      await drain();
      await reissued();
      await drain();
      expect(await shown(first())).toMatchObject({ status: 'voided' });
      expect(await shown(second())).toMatchObject({ status: 'no-payment-due', couponsUsed: '100.00000000' });
      expect(await balancesAfter(coupon)).toEqual(['20.00']);
      expect(await balances()).toMatchObject({ 'coupons@USD': '-20.00', 'revenue@USD': '-100.00' });
      expect((await loadBill(partner.partnerId, cycle))?.billId).toBe(second());
    },
  );
});

describe('a bill that cannot be voided', () => {
  it.each(['paid', 'partially paid', 'written off'])(
    'FIN-14: is %s in part or whole: an adjustment makes it good',
    async (kind) => {
      await consume(customer, { list: '100', at: at() });
      await bill();
      if (kind === 'written off') {
        const path = { billId: first() };
        await invoke(writeOffBill, { as: operator, path, body: { amount: '7.00', reason: 'goodwill' } });
      } else {
        await topUp(kind === 'paid' ? '107' : '1');
        await drain();
      }
      expect(await voided()).toMatchObject({ status: 409, body: { code: 'BILL_ALREADY_PAID' } });
      const body = {
        cycle: monthPlus(cycle, 1),
        customerId: customer.customerId,
        productType: 'Elastic Cloud Server',
        productTypeCode: 'ecs',
        amount: '-10',
        reason: 'agreed',
        correctsBillId: first(),
      };
      const path = { partnerId: partner.partnerId };
      const adjusted = await invoke(postAdjustment, { as: operator, path, body });
      expect((await linksOf(first())).items).toMatchObject([{ adjustmentId: adjusted.body.adjustment.adjustmentId }]);
    },
  );

  it('FIN-45: is negative, and what it gave back was spent; unspent, it goes back', async () => {
    await consume(customer, { list: '-100', at: at(), billType: 'refund' });
    await bill();
    expect((await balances())['cash@USD']).toBe('-107.00');
    await consume(customer, { list: '50', at: `${monthPlus(cycle, 1)}-02T10:00:00+08:00` });
    const next = monthPlus(cycle, 1);
    await bill(next);
    expect((await balances())['cash@USD']).toBe('-53.50');
    expect(await voided()).toMatchObject({ status: 409, body: { code: 'BILL_CREDIT_SPENT' } });
    await topUp('60');
    await drain();
    expect((await voided()).status).toBe(200);
    expect((await balances())['cash@USD']).toBe('-6.50');
  });

  it('FIN-62: gave something back to a coupon that was used since', async () => {
    const coupon = await aCouponFor(partner, { face: '20', ...FOR_EVER });
    const order = { billingMode: 'yearly-monthly', orderType: 'new-purchase', numberOfTerms: 1, termUnit: 'Month' };
    const [original] = await consume(customer, { list: '20', at: at(), ...order });
    await bill();
    const next = monthPlus(cycle, 1);
    const refund = { billingMode: 'yearly-monthly', orderType: 'unsubscription', billType: 'refund' as const };
    clock.set(`${next}-20T00:00:00+08:00`);
    await consume(customer, {
      list: '-20',
      at: `${next}-10T10:00:00+08:00`,
      ...refund,
      originalRecordId: original,
      restoresCoupons: true,
    });
    await bill(next);
    expect(await balancesAfterOf(coupon)).toBe('20.00');
    const later = monthPlus(cycle, 2);
    clock.set(`${later}-20T00:00:00+08:00`);
    await consume(customer, { list: '15', at: `${later}-10T10:00:00+08:00` });
    await bill(later);
    expect(await balancesAfterOf(coupon)).toBe('5.00');
    expect(await voided(`bill_${next}_${partner.partnerId}`)).toMatchObject({ body: { code: 'COUPONS_SPENT' } });
    cycle = later;
  });

  it('FIN-14: was not issued, or voided already; one that is not voided is not made anew', async () => {
    await consume(customer, { list: '100', at: at() });
    expect((await voided()).body.code).toBe('BILL_NOT_ISSUED');
    await bill();
    expect((await reissued()).body.code).toBe('BILL_NOT_VOIDED');
    expect((await voided(second())).body.code).toBe('BILL_NOT_ISSUED');
    expect((await invoke(voidBill, { as: partner, path: { billId: first() }, body: { reason: 'x' } })).status).toBe(
      403,
    );
    expect((await invoke(voidBill, { as: operator, path: { billId: first() }, body: {} })).status).toBe(400);
    await voided();
    expect((await voided()).body.code).toBe('BILL_VOIDED');
    await drain();
    const stranger = await aPartner();
    const spied = await invoke(listBillCorrections, { as: stranger, path: { billId: first() } });
    expect(spied).toMatchObject({ status: 404, body: { code: 'BILL_NOT_FOUND' } });
  });
});

it('FIN-14: what only a valid bill takes names the one in its place, before and after that is issued', async () => {
  await consume(customer, { list: '100', at: at() });
  await bill();
  const adjusted = {
    ...{ cycle: monthPlus(cycle, 1), customerId: customer.customerId, amount: '-10', reason: 'agreed' },
    ...{ productType: 'Elastic Cloud Server', productTypeCode: 'ecs', correctsBillId: first() },
  };
  const answers = async () => {
    const path = { billId: first() };
    const written = { as: operator, path, body: { amount: '1.00', reason: 'goodwill' } };
    const { partnerId } = partner;
    return Promise.all([
      invoke(writeOffBill, written),
      invoke(writeOffBill, { ...written, query: { dryRun: 'true' } }),
      invoke(postAdjustment, { as: operator, path: { partnerId }, body: adjusted }),
      voided(),
    ]);
  };
  await voided();
  for (const answer of await answers()) {
    expect(answer).toMatchObject({ status: 409, body: { code: 'BILL_VOIDED', successorBillId: second() } });
  }
  await reissued();
  await drain();
  await voided(second());
  for (const answer of await answers()) {
    expect(answer).toMatchObject({ status: 409, body: { code: 'BILL_VOIDED', successorBillId: `${first()}_r3` } });
  }
});

it('FIN-15: a payment and a void at once: exactly one wins', async () => {
  for (let round = 0; round < 3; round += 1) {
    await consume(customer, { list: '100', at: at() });
    await bill();
    await topUp('30', `round-${round}`);
    const [answer] = await Promise.all([voided(), drain()]);
    await drain();
    const after = await shown(first());
    if (answer.status === 200) expect(after).toMatchObject({ status: 'voided', paidAmount: '0.00' });
    else expect(after).toMatchObject({ status: 'partially-paid', paidAmount: '30.00' });
    const cash = (await balances())['cash@USD'] ?? '0.00';
    expect(cash).toBe(answer.status === 200 ? '-30.00' : '0.00');
    cycle = monthPlus(cycle, 2);
    partner = await aPartner();
    clock.set(`${monthPlus(cycle, -1)}-15T00:00:00+08:00`);
    customer = await aCustomer({ of: partner });
    clock.set(`${cycle}-28T00:00:00+08:00`);
  }
});

it('FIN-15: two voids and two re-issues at once make one', async () => {
  await consume(customer, { list: '100', at: at() });
  await bill();
  const voids = await Promise.all([voided(), voided()]);
  expect(voids.map(({ status }) => status).sort()).toEqual([200, 409]);
  await drain();
  const anew = await Promise.all([reissued(), reissued()]);
  expect(anew.map(({ status }) => status)).toEqual([202, 202]);
  await drain();
  expect(await balances()).toMatchObject({ 'receivable@USD': '107.00' });
  expect((await placeOf()).bill.billId).toBe(second());
});

it('FIN-14: a dry run of a void shows what it would do and changes no item', async () => {
  await aCouponFor(partner, { face: '60', ...FOR_EVER });
  await consume(customer, { list: '100', at: at() });
  await bill();
  const before = await contents();
  const preview = await voided(first(), { dryRun: 'true' });
  expect(preview).toMatchObject({ status: 200, body: { dryRun: true, bill: { status: 'voided' } } });
  expect(await contents()).toEqual(before);
  const { dryRun: _dryRun, ...real } = (await voided()).body;
  expect(preview.body).toEqual({ ...real, dryRun: true });
});

async function balancesAfterOf({ couponId }: Coupon): Promise<string | undefined> {
  const coupons = await loadCoupons(partner.partnerId);
  const coupon = coupons.find((each) => each.couponId === couponId);
  return coupon && exactText(coupon.balance, 2);
}
