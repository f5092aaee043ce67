import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadAccount } from '#lib/ledger/index.ts';
import { exactText } from '#lib/shared/money.ts';
import { type BillingMonth, monthPlus } from '#lib/shared/time.ts';
import { handler as getBill } from '../../functions/billing/get-bill.ts';
import { handler as getBillRun } from '../../functions/billing/get-bill-run.ts';
import { handler as reissueBill } from '../../functions/billing/reissue-bill.ts';
import { handler as voidBill } from '../../functions/billing/void-bill.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  beforeTransaction,
  type Caller,
  clock,
  crashAtWrite,
  drain,
  invoke,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { aCouponFor, balancesOf } from './coupons.ts';
import { percentage } from './discounts.ts';
import { aTaxRule, consume, grant, runBilling } from './world.ts';

useStack();

const SINCE = '2014-01-01T00:00:00+08:00';
const FOR_EVER = { from: SINCE, to: '2099-12-31T23:59:59+08:00' };
let operator: Caller;
let partner: TestPartner;
let cycle = '2015-01' as BillingMonth;

beforeAll(async () => {
  clock.set('2014-12-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('SG', {}, SINCE);
});

const next = () => monthPlus(cycle, 1);
const of = (month: BillingMonth, revision = 1) =>
  `bill_${month}_${partner.partnerId}${revision > 1 ? `_r${revision}` : ''}`;
const original = () => of(cycle);
const refund = () => of(next());

/** A charge of 20, paid by a coupon of 30, is on an issued bill; half of it is refunded in the next month. */
beforeEach(async () => {
  cycle = monthPlus(cycle, 3);
  clock.set(`${monthPlus(cycle, -1)}-15T00:00:00+08:00`);
  partner = await aPartner();
  const customer = await aCustomer({ of: partner });
  await aCouponFor(partner, { face: '30', ...FOR_EVER });
  clock.set(`${cycle}-28T00:00:00+08:00`);
  const order = { billingMode: 'yearly-monthly', numberOfTerms: 1, termUnit: 'Month' };
  const at = `${cycle}-10T10:00:00+08:00`;
  const [recordId] = await consume(customer, { list: '20', at, orderType: 'new-purchase', ...order });
  await bill(cycle);
  expect(await coupon()).toBe('10.00');
  clock.set(`${next()}-20T00:00:00+08:00`);
  const back = { billType: 'refund' as const, orderType: 'unsubscription', originalRecordId: recordId };
  await consume(customer, {
    ...{ list: '-10', at: `${next()}-10T10:00:00+08:00`, restoresCoupons: true },
    ...order,
    ...back,
  });
});

async function bill(month: BillingMonth): Promise<void> {
  const dueAt = `${monthPlus(month, 1)}-05T02:00:00+08:00`;
  clock.set(dueAt);
  await runBilling(dueAt);
}
const voided = async (billId: string, query = {}) => {
  const answer = await invoke(voidBill, { as: operator, path: { billId }, query, body: { reason: 'wrong discount' } });
  return { status: answer.status, body: answer.body };
};
const reissued = (billId: string) =>
  invoke(reissueBill, { as: operator, path: { billId }, body: { reason: 'discount entered' } });
const done = async (answer: Promise<{ status: number }>): Promise<void> => {
  expect([200, 202]).toContain((await answer).status);
  await drain();
};
/** The wish of whoever voids: the charge costs a quarter less. */
const discounted = () => grant(partner, [percentage('0.25')], { from: SINCE });
const shown = async (billId: string) => (await invoke(getBill, { as: partner, path: { billId } })).body;
const coupon = async () => Object.values(await balancesOf(partner))[0];
const placeOf = async (month: BillingMonth) => {
  const query = { limit: 100 };
  const { items } = (await invoke(getBillRun, { as: operator, path: { cycle: month }, query })).body;
  return items.find(({ partnerId }: { partnerId: string }) => partnerId === partner.partnerId);
};

/** 15 of the coupon for the charge at its discount, half of it back: whatever the order. */
async function expectSettled(originalBill: string, refundBill: string): Promise<void> {
  expect(await shown(originalBill)).toMatchObject({ couponsUsed: '15.00000000', amountDue: '0.00' });
  expect(await shown(refundBill)).toMatchObject({ refunds: '-7.50000000', couponsUsed: '-7.50000000' });
  expect(await coupon()).toBe('22.50');
  const { balances } = await loadAccount(partner.partnerId);
  const held = Object.entries(balances).map(([place, amount]) => [place, exactText(amount, 2)]);
  expect(Object.fromEntries(held)).toMatchObject({ 'coupons@USD': '-22.50', 'coupons-applied@USD': '0.00' });
}

describe('a refund, and the void and re-issue of the bill that its original is on', () => {
  it('FIN-33, FIN-63: billed between the two, it waits for the re-issue and goes on by itself', async () => {
    await discounted();
    await done(voided(original()));
    await bill(next());
    expect(await placeOf(next())).toMatchObject({
      state: 'parked',
      cause: { code: 'ORIGINAL_NOT_BILLED', detail: expect.stringContaining(of(cycle, 2)) },
    });
    expect(await coupon()).toBe('30.00');
    await done(reissued(original()));
    await expectSettled(of(cycle, 2), refund());
  });

  it('FIN-33, FIN-63: billed after both, it finds the revision', async () => {
    await discounted();
    await done(voided(original()));
    await done(reissued(original()));
    await bill(next());
    await expectSettled(of(cycle, 2), refund());
  });

  it('FIN-33, FIN-63: billed before both, it goes first: the original is voided after it', async () => {
    await bill(next());
    await discounted();
    const refusal = { status: 409, body: { code: 'BILL_REFUNDED', billIds: [refund()] } };
    expect(await voided(original())).toMatchObject(refusal);
    expect(await voided(original(), { dryRun: 'true' })).toMatchObject(refusal);
    await done(voided(refund()));
    await done(voided(original()));
    expect(await coupon()).toBe('30.00');
    await done(reissued(original()));
    await done(reissued(refund()));
    await expectSettled(of(cycle, 2), of(next(), 2));
  });

  it('FIN-33, FIN-63: re-issued in the wrong order, the refund waits again', async () => {
    await bill(next());
    await discounted();
    await done(voided(refund()));
    await done(voided(original()));
    await done(reissued(refund()));
    expect(await placeOf(next())).toMatchObject({ state: 'parked' });
    await done(reissued(original()));
    await expectSettled(of(cycle, 2), of(next(), 2));
  });

  it('FIN-63: while coupons lose again what a voided refund gave them, the original is not voided', async () => {
    await bill(next());
    expect((await voided(refund())).status).toBe(200); // its coupons have not come to it
    expect((await voided(original())).body).toMatchObject({ code: 'BILL_REFUNDED' });
    await drain();
    await done(voided(original()));
    expect(await coupon()).toBe('30.00');
  });

  it('FIN-15, FIN-63: both at once: the void is refused, or the refund waits', async () => {
    await discounted();
    const [answer] = await Promise.all([voided(original()), bill(next())]);
    await drain();
    if (answer.status === 200) await done(reissued(original()));
    else {
      expect(answer.body.code).toBe('BILL_REFUNDED');
      await done(voided(refund()));
      await done(voided(original()));
      await done(reissued(original()));
      await done(reissued(refund()));
    }
    await expectSettled(of(cycle, 2), answer.status === 200 ? refund() : of(next(), 2));
  });

  it('FIN-15: the refund is billed between what the void was decided on and its commit', async () => {
    using meanwhile = beforeTransaction(() => bill(next()));
    expect((await voided(original())).body).toMatchObject({ code: 'BILL_REFUNDED' });
    expect(meanwhile.happened).toBe(true);
    expect(await coupon()).toBe('20.00');
  });

  it.each(Array.from({ length: 8 }, (_, i) => i + 1))(
    'FIN-63, FIN-165: a crash behind write %i of the re-issue leaves nothing waiting',
    async (n) => {
      await discounted();
      await done(voided(original()));
      await bill(next());
      {
        using _fault = crashAtWrite(n, 'after');
        await reissued(original());
        await drain();
      }
      await reissued(original());
      await drain();
      await expectSettled(of(cycle, 2), refund());
    },
  );
});
