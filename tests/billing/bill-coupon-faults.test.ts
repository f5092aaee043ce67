import { beforeAll, describe, expect, it } from 'vitest';
import { coverLines } from '#lib/billing/coupons/cover-lines.ts';
import { advancePartner, planRun, settlePart, startRun } from '#lib/billing/index.ts';
import { loadPartnerRun } from '#lib/billing/partner-run-store.ts';
import { assignCoupon, type Coupon, listQuota, listUsages, revokeCoupon } from '#lib/coupons/index.ts';
import { loadAccount } from '#lib/ledger/index.ts';
import { exactText, parseMoney } from '#lib/shared/money.ts';
import { type BillingMonth, monthPlus } from '#lib/shared/time.ts';
import { handler as getBillRun } from '../../functions/billing/get-bill-run.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  asSystem,
  beforeTransaction,
  type Caller,
  clock,
  crashAtWrite,
  deadLetters,
  drain,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { aCouponFor, balancesOf } from './coupons.ts';
import { allLines } from './lines.ts';
import { aTaxRule, consume, runBilling } from './world.ts';

useStack();

let partner: TestPartner;
let customers: [TestCustomer, TestCustomer];
let operator: Caller;
let coupon: Coupon;
let cycle = '2015-01' as BillingMonth;

/** A fresh cycle: of 100 and 50.5 a coupon of 120 pays the first and a part of the second, which comes later; 0.3 is earlier. */
async function aCycle(): Promise<void> {
  cycle = monthPlus(cycle, 1);
  clock.set(`${cycle}-28T13:00:00+08:00`);
  coupon = await aCouponFor(partner, {
    face: '120',
    from: '2014-01-01T00:00:00+08:00',
    to: '2099-12-31T23:59:59+08:00',
  });
  await consume(customers[1], {
    list: '50.5',
    at: `${cycle}-28T12:00:00+08:00`,
    spentFrom: `${cycle}-28T11:00:00+08:00`,
  });
  await consume(customers[0], { list: '100', at: `${cycle}-10T10:00:00+08:00` });
  await consume(customers[1], { list: '0.3', at: `${cycle}-09T10:00:00+08:00` });
  clock.set(dueAt());
}

const dueAt = () => `${monthPlus(cycle, 1)}-05T02:00:00+08:00`;
const place = async () =>
  (await invoke(getBillRun, { as: operator, path: { cycle } })).body.items.find(
    (item: { partnerId: string }) => item.partnerId === partner.partnerId,
  );

beforeAll(async () => {
  clock.set('2014-12-01T00:00:00+08:00');
  await aTaxRule('SG', { VAT: '0.07' }, '2014-01-01T00:00:00+08:00');
  partner = await aPartner();
  customers = [await aCustomer({ of: partner }), await aCustomer({ of: partner })];
  operator = await anOperator();
});

/** (150.8 − 120) × 1.07, everything once. */
async function expectOneUse(): Promise<void> {
  expect(await place()).toMatchObject({
    state: 'issued',
    linesEqualHeader: true,
    lines: { count: 3, due: '32.95600000' },
  });
  const lines = await allLines(partner, cycle);
  const used = Object.fromEntries(
    lines.map(({ expenditure, couponsUsed }) => [Number(expenditure), Number(couponsUsed)]),
  );
  expect(used).toEqual({ 0.3: 0.3, 100: 100, 50.5: 19.7 });
  expect((await balancesOf(partner))[coupon.couponId]).toBe('0.00');
  const { usages } = await listUsages(coupon.couponId, { limit: 10 });
  expect(usages.map(({ amount }) => exactText(amount))).toEqual(['19.70', '100.00', '0.30']);
  const { entries } = await listQuota(partner.partnerId, {}, { limit: 4 });
  const own = entries.filter(({ couponId }) => couponId === coupon.couponId);
  expect(own.map(({ event, amount }) => [event, exactText(amount)])).toEqual([
    ['used', '-120.00'],
    ['issued', '120.00'],
  ]);
  const { balances } = await loadAccount(partner.partnerId);
  expect([balances['coupons@USD'], balances['coupons-applied@USD']]).toEqual([0n, 0n]);
}

describe('a crash', () => {
  // run, plan message, place, partner message, plan moved; month and customers closed, parts cut, terms, part message; candidates,
  // partner message; coupons with their lines, pass finished, part message; lines, partner message; bill
  it.each(Array.from({ length: 14 }, (_, i) => i + 7))(
    'FIN-15, FIN-165: behind write %i of the run leaves one bill and one use of each coupon',
    async (n) => {
      await aCycle();
      {
        using fault = crashAtWrite(n, 'after');
        await runBilling(dueAt()).catch(() => {}); // the scheduler starts it again
        await runBilling(dueAt());
        expect(fault.struck).toBe(true);
      }
      await expectOneUse();
      expect(await deadLetters('bill-runs')).toEqual([]);
      expect(await deadLetters('bill-parts')).toEqual([]);
    },
  );
});

describe('the same message', () => {
  it('FIN-15 (example 5): twice at the same time, at every step, uses a coupon once', async () => {
    await aCycle();
    const message = { cycle, partnerId: partner.partnerId };
    const twice = (step: () => Promise<unknown>) => asSystem(() => Promise.all([step(), step()]));
    const now = clock.now();
    await twice(() => startRun(cycle, 'system', now));
    await twice(() => planRun(cycle));
    await twice(() => advancePartner(message, now)); // agrees on the terms
    await twice(() => settlePart({ ...message, part: 1 })); // collects
    await twice(() => advancePartner(message, now)); // coupons
    await twice(() => settlePart({ ...message, part: 1 })); // settles
    await twice(() => advancePartner(message, now)); // issues
    await expectOneUse();
    await drain(); // all the messages of these steps come now, too
    await expectOneUse();
  });
});

describe('coupons of a bill that take several messages', () => {
  it('FIN-166: each goes on behind the one before, and all together use every coupon once', async () => {
    await aCycle();
    const whole = { from: '2014-01-01T00:00:00+08:00', to: '2016-12-31T23:59:59+08:00' };
    for (let i = 0; i < 25; i += 1) await aCouponFor(partner, { face: '1', ...whole });
    const message = { cycle, partnerId: partner.partnerId };
    const now = clock.now();
    const progress = await asSystem(async () => {
      await startRun(cycle, 'system', now);
      await planRun(cycle);
      await advancePartner(message, now);
      await settlePart({ ...message, part: 1 });
      const steps: string[] = [];
      while (steps.at(-1) !== 'covered' && steps.length < 9) {
        const run = await loadPartnerRun(cycle, partner.partnerId);
        if (!run?.terms?.couponsAsOf) throw new Error('no coupons were agreed on');
        steps.push(await coverLines(run, run.terms.couponsAsOf, now, { commits: 1, lines: 1_000 }));
      }
      return steps;
    });
    expect(progress).toEqual(['more', 'more', 'covered']); // twelve, twelve, and the last with the large one
    await drain();
    const lines = await allLines(partner, cycle);
    expect(lines.reduce((total, { couponsUsed }) => total + Number(couponsUsed), 0)).toBeCloseTo(145, 8);
    const uses = lines.flatMap(({ couponUsages }) => (couponUsages as unknown as { couponId: string }[]) ?? []);
    expect(new Set(uses.map(({ couponId }) => couponId)).size).toBe(26);
    expect(await place()).toMatchObject({ state: 'issued', linesEqualHeader: true });
  });
});

describe('a coupon that changes while the coupons of a bill are applied', () => {
  /** Takes the bill up to its coupons and changes something right before the transaction that moves them. */
  async function meanwhile(change: () => Promise<unknown>): Promise<void> {
    const message = { cycle, partnerId: partner.partnerId };
    const now = clock.now();
    await asSystem(async () => {
      await startRun(cycle, 'system', now);
      await planRun(cycle);
      await advancePartner(message, now);
      await settlePart({ ...message, part: 1 });
    });
    {
      using between = beforeTransaction(change);
      await asSystem(() => advancePartner(message, now));
      expect(between.happened).toBe(true);
    }
    await drain();
  }

  it('FIN-137: revoked in between, it pays for nothing', async () => {
    await aCycle();
    await meanwhile(() => asSystem((now) => revokeCoupon(coupon.couponId, 'test', now)));
    const lines = await allLines(partner, cycle);
    expect(lines.map(({ couponsUsed }) => Number(couponsUsed))).toEqual([0, 0, 0]);
    expect(await place()).toMatchObject({ state: 'issued', linesEqualHeader: true });
  });

  it('FIN-134: assigned in between, the part pays for its customer first', async () => {
    await aCycle();
    const [first] = customers;
    const wish = { customerId: first.customerId, amount: parseMoney('70') };
    await meanwhile(() => asSystem((now) => assignCoupon(coupon.couponId, wish, now)));
    const lines = await allLines(partner, cycle);
    const ofFirst = lines.find(({ customerId }) => customerId === first.customerId);
    expect(ofFirst?.couponUsages).toMatchObject([
      { amount: '70.00000000' },
      { couponId: coupon.couponId, amount: '30.00000000' },
    ]);
    expect(Object.values(await balancesOf(partner)).filter((balance) => balance !== '0.00')).toEqual([]);
    expect(await place()).toMatchObject({ state: 'issued', linesEqualHeader: true });
  });
});
