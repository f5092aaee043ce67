import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BillingMonth, monthPlus } from '#lib/shared/time.ts';
import { handler as explainBillLine } from '../../functions/billing/explain-bill-line.ts';
import { handler as getBill } from '../../functions/billing/get-bill.ts';
import { handler as listAdjustments } from '../../functions/billing/list-adjustments.ts';
import { handler as postAdjustment } from '../../functions/billing/post-adjustment.ts';
import { handler as refreshBillEstimates } from '../../functions/billing/refresh-bill-estimates.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  type Caller,
  clock,
  crashAtWrite,
  drain,
  invoke,
  runSchedule,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { percentage } from './discounts.ts';
import { allLines } from './lines.ts';
import { aTaxRule, consume, grant, runBilling } from './world.ts';

useStack();

const SINCE = '2018-01-01T00:00:00+08:00';
let operator: Caller;
/** A cycle has one run; every test has one of its own. */
let cycle = '2018-01' as BillingMonth;
const next = () => monthPlus(cycle, 1);
const inside = () => `${cycle}-10T10:00:00+08:00`;
const dueAt = (of = cycle) => `${monthPlus(of, 1)}-05T02:00:00+08:00`;

beforeEach(() => {
  cycle = monthPlus(cycle, 3);
});

beforeAll(async () => {
  clock.set('2018-01-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('SG', { VAT: '0.07' }, SINCE);
  await aTaxRule('DE', {}, SINCE);
});

interface Wish {
  readonly amount?: string;
  readonly query?: Record<string, string>;
  readonly key?: string;
  readonly [field: string]: unknown;
}

const post = (of: TestPartner, customer: Pick<TestCustomer, 'customerId'>, { query, key, ...wish }: Wish = {}) =>
  invoke(postAdjustment, {
    as: operator,
    path: { partnerId: of.partnerId },
    query,
    headers: key === undefined ? {} : { 'idempotency-key': key },
    body: {
      cycle,
      customerId: customer.customerId,
      productType: 'Elastic Cloud Server',
      productTypeCode: 'ecs',
      amount: '-12.5',
      reason: 'agreed by ticket 17',
      ...wish,
    },
  });

async function aWorld(registrationArea = { countryRegion: 'SG' }) {
  clock.set(`${monthPlus(cycle, -1)}-15T00:00:00+08:00`);
  const partner = await aPartner({ registrationArea });
  const customer = await aCustomer({ of: partner });
  clock.set(`${cycle}-20T00:00:00+08:00`);
  return { partner, customer };
}

const billOf = async ({ partnerId, ...caller }: TestPartner, of = cycle) =>
  (await invoke(getBill, { as: caller, path: { billId: `bill_${of}_${partnerId}` } })).body;

async function bill(of = cycle): Promise<void> {
  clock.set(dueAt(of));
  await runBilling(dueAt(of));
}

describe('an adjustment of a cycle that is not issued', () => {
  it('FIN-34: is a line of that bill, without discount and coupon, taxed, visible before and after the issue', async () => {
    const { partner, customer } = await aWorld();
    await grant(partner, [percentage('0.25')], { from: SINCE });
    await consume(customer, { list: '100', at: inside() });
    const posted = await post(partner, customer);
    expect(posted).toMatchObject({
      status: 200,
      body: {
        dryRun: false,
        adjustment: { cycle, amount: '-12.50000000', customerId: customer.customerId, correctsBillId: null },
        effect: {
          settlementType: 'No discount',
          settlementAmount: '-12.50000000',
          couponsUsed: '0.00000000',
          taxByComponent: { VAT: '-0.87500000' },
          due: '-13.37500000',
        },
      },
    });
    const { lineId, transactionTime } = posted.body.adjustment;
    expect(transactionTime).toBe(`${cycle}-19T16:00:00.000Z`);

    expect(await allLines(partner, cycle)).toContainEqual(
      expect.objectContaining({ lineId, billType: 'Adjustment', settlementAmount: '-12.50000000' }),
    );
    await runSchedule(refreshBillEstimates, `${cycle}-21T01:00:00+08:00`);
    await drain();
    expect(await billOf(partner)).toMatchObject({ adjustments: '-12.50000000', billEstimate: '62.50' });

    await bill();
    expect(await billOf(partner)).toMatchObject({
      expenditures: '75.00000000',
      adjustments: '-12.50000000',
      couponsUsed: '0.00000000',
      tax: '4.37500000',
      billAmountExact: '66.87500000',
      amountDue: '66.88',
    });
    const line = (await allLines(partner, cycle)).find((each) => each.lineId === lineId);
    expect(line).toMatchObject({ settlementType: 'No discount', settlementDiscount: '0%', couponsUsed: '0.00000000' });
    const path = { billId: `bill_${cycle}_${partner.partnerId}`, lineId };
    expect((await invoke(explainBillLine, { as: partner, path })).body).toMatchObject({ matches: true });
  });

  it.each([
    ['0.00500000', '0.01', 'unpaid'],
    ['0.00499999', '0.00', 'no-payment-due'],
    ['-0.00400000', '0.00', 'no-payment-due'],
    ['-0.00500000', '0.00', 'no-payment-due'],
    ['0.00000001', '0.00', 'no-payment-due'],
  ])('FIN-41, FIN-46: a bill of %s alone is due with %s', async (amount, amountDue, status) => {
    const { partner, customer } = await aWorld({ countryRegion: 'DE' });
    expect((await post(partner, customer, { amount })).status).toBe(200);
    await bill();
    expect(await billOf(partner)).toMatchObject({ billAmountExact: amount, adjustments: amount, amountDue, status });
    expect((await billOf(partner)).credit).toBe(amount === '-0.00500000' ? '0.01' : '0.00');
  });

  it('FIN-13: of a reseller’s customer names the reseller on the distributor’s bill', async () => {
    clock.set(`${monthPlus(cycle, -1)}-15T00:00:00+08:00`);
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor, companyName: 'Reselling Ltd' });
    const customer = await aCustomer({ of: reseller });
    clock.set(`${cycle}-20T00:00:00+08:00`);
    expect((await post(distributor, customer)).body.adjustment.resellerId).toBe(reseller.partnerId);
    await bill();
    expect(await allLines(distributor, cycle)).toMatchObject([{ partnerName: 'Reselling Ltd' }]);
    expect(await post(reseller, customer)).toMatchObject({ status: 403, body: { code: 'PARTNER_TYPE_NOT_BILLED' } });
  });
});

describe('a cycle that is issued or being made', () => {
  it('FIN-69: refuses an adjustment and keeps nothing of it', async () => {
    const { partner, customer } = await aWorld();
    await consume(customer, { list: '100', at: inside() });
    await bill();
    const before = await billOf(partner);
    expect(await post(partner, customer)).toMatchObject({ status: 409, body: { code: 'CYCLE_ISSUED' } });
    expect(await billOf(partner)).toEqual(before);
    expect((await invoke(listAdjustments, { as: partner })).body.items).toEqual([]);
  });

  it('FIN-16, FIN-69: also when the partner had nothing in it', async () => {
    const { partner, customer } = await aWorld();
    await bill();
    expect(await post(partner, customer)).toMatchObject({ status: 409, body: { code: 'CYCLE_ISSUED' } });
  });

  it.each(['with records', 'without records'])(
    'FIN-14, FIN-69: posted while the run freezes a customer %s, it is wholly on the bill or refused',
    async (kind) => {
      const { partner, customer } = await aWorld();
      const base = kind === 'with records' ? '100' : undefined;
      if (base) await consume(customer, { list: base, at: inside() });
      clock.set(dueAt());
      const [answers] = await Promise.all([
        Promise.all(['-1', '-2', '-3', '-4'].map((amount) => post(partner, customer, { amount }))),
        runBilling(dueAt()),
      ]);
      const landed = answers.filter(({ status }) => status === 200).map(({ body }) => body.adjustment);
      const refused = answers.filter(({ status }) => status !== 200);
      expect(refused.every(({ body }) => body.code === 'CYCLE_ISSUED')).toBe(true);
      await drain();
      const lines = await allLines(partner, cycle);
      const onBill = lines.filter(({ billType }) => billType === 'Adjustment').map(({ lineId }) => lineId);
      expect(onBill.sort()).toEqual(landed.map(({ lineId }) => lineId).sort());
      const kept = (await invoke(listAdjustments, { as: partner })).body.items;
      expect(kept).toHaveLength(landed.length);
    },
  );
});

describe('credit by adjustment', () => {
  it('FIN-69: names the issued bill and line that it makes good', async () => {
    const { partner, customer } = await aWorld();
    const [recordId] = await consume(customer, { list: '100', at: inside() });
    await bill();
    clock.set(`${next()}-10T00:00:00+08:00`);
    const corrects = {
      cycle: next(),
      correctsBillId: `bill_${cycle}_${partner.partnerId}`,
      correctsLineId: `line_${recordId}`,
    };
    const posted = await post(partner, customer, corrects);
    expect(posted).toMatchObject({ status: 200, body: { adjustment: corrects } });
    const listed = await invoke(listAdjustments, { as: partner, query: { cycle: next() } });
    expect(listed.body.items).toMatchObject([{ ...corrects, reason: null, postedBy: null }]);
    await bill(next());
    expect(await billOf(partner, next())).toMatchObject({ adjustments: '-12.50000000', credit: '13.38' });
    const path = { billId: `bill_${next()}_${partner.partnerId}`, lineId: posted.body.adjustment.lineId };
    expect((await invoke(explainBillLine, { as: partner, path })).body.corrects).toEqual({
      billId: corrects.correctsBillId,
      lineId: corrects.correctsLineId,
    });
  });

  it('FIN-69: refuses a bill or line that is not the partner’s, not issued, or not there', async () => {
    const { partner, customer } = await aWorld();
    const { partner: other, customer: theirs } = await aWorld();
    const [foreign] = await consume(theirs, { list: '5', at: inside() });
    await consume(customer, { list: '100', at: inside() });
    const own = `bill_${cycle}_${partner.partnerId}`;
    expect((await post(partner, customer, { correctsBillId: own })).body.code).toBe('BILL_NOT_FOUND');
    await bill();
    clock.set(`${next()}-10T00:00:00+08:00`);
    const refusal = async (corrects: Wish) => (await post(partner, customer, { cycle: next(), ...corrects })).body.code;
    expect(await refusal({ correctsBillId: `bill_${cycle}_${other.partnerId}` })).toBe('BILL_NOT_FOUND');
    expect(await refusal({ correctsBillId: 'nonsense' })).toBe('BILL_NOT_FOUND');
    expect(await refusal({ correctsBillId: own, correctsLineId: `line_${foreign}` })).toBe('LINE_NOT_FOUND');
    expect(await refusal({ correctsLineId: `line_${foreign}` })).toBe('INPUT_INVALID');
  });
});

describe('who and what', () => {
  it('FIN-34: operators alone, with a reason; the customer is the partner’s in the reseller model', async () => {
    const { partner, customer } = await aWorld();
    const stranger = await aPartner();
    const referral = await aCustomer({ of: partner, type: 'referral' });
    const path = { partnerId: partner.partnerId };
    const asMember = { as: await aMember({ of: partner }), path, body: {} };
    expect((await invoke(postAdjustment, asMember)).status).toBe(403);
    expect((await post(partner, customer, { reason: '  ' })).body.code).toBe('INPUT_INVALID');
    expect((await post(partner, customer, { amount: '0' })).body.code).toBe('ADJUSTMENT_INVALID');
    expect((await post(partner, customer, { amount: '0.000000001' })).body.code).toBe('ADJUSTMENT_INVALID');
    expect((await post(partner, customer, { cycle: next() })).body.code).toBe('CYCLE_NOT_BEGUN');
    expect((await post(stranger, customer)).body.code).toBe('CUSTOMER_NOT_ASSOCIATED');
    expect((await post(partner, referral)).body.code).toBe('CUSTOMER_NOT_ASSOCIATED');
    expect((await post(partner, { customerId: 'cus_none' })).body.code).toBe('CUSTOMER_NOT_FOUND');
    expect((await post({ ...partner, partnerId: 'par_none' }, customer)).body.code).toBe('PARTNER_NOT_FOUND');
    const spied = await invoke(listAdjustments, { as: stranger, query: path });
    expect(spied).toMatchObject({ status: 404, body: { code: 'PARTNER_NOT_FOUND' } });
  });
});

describe('repeats', () => {
  it('FIN-165: the same Idempotency-Key posts once', async () => {
    const { partner, customer } = await aWorld();
    const first = await post(partner, customer, { key: 'once' });
    expect(await post(partner, customer, { key: 'once' })).toMatchObject({ status: 200, body: first.body });
    expect((await post(partner, customer, { key: 'once', amount: '-13' })).status).toBe(422);
    expect((await invoke(listAdjustments, { as: partner })).body.items).toHaveLength(1);
  });

  it.each([1, 2, 3])('FIN-165: a crash at write %i leaves it wholly there or not at all', async (n) => {
    const { partner, customer } = await aWorld();
    {
      using _fault = crashAtWrite(n, 'after');
      await post(partner, customer, { key: `crash-${n}` });
    }
    const { items } = (await invoke(listAdjustments, { as: partner })).body;
    const lines = await allLines(partner, cycle);
    expect(lines.map(({ lineId }) => lineId)).toEqual(items.map(({ lineId }: { lineId: string }) => lineId));
    clock.advance({ minutes: 5 });
    const again = await post(partner, customer, { key: `crash-${n}` });
    if (items.length > 0) expect([200, 409]).toContain(again.status);
    expect((await invoke(listAdjustments, { as: partner })).body.items).toHaveLength(1);
  });
});

it('FIN-69: a dry run shows the same figures and changes nothing', async () => {
  const { partner, customer } = await aWorld();
  const shown = await post(partner, customer, { query: { dryRun: 'true' } });
  expect(shown).toMatchObject({ status: 200, body: { dryRun: true } });
  expect(await allLines(partner, cycle)).toEqual([]);
  expect((await invoke(listAdjustments, { as: partner })).body.items).toEqual([]);
  const real = await post(partner, customer);
  expect(real.body.effect).toEqual(shown.body.effect);
  expect(await allLines(partner, cycle)).toHaveLength(1);
});
