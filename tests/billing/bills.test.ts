import { beforeAll, describe, expect, it } from 'vitest';
import { handler as explainBillLine } from '../../functions/billing/explain-bill-line.ts';
import { handler as getBill } from '../../functions/billing/get-bill.ts';
import { handler as getMonthlyBill } from '../../functions/billing/get-monthly-bill.ts';
import { handler as listBillDetails } from '../../functions/billing/list-bill-details.ts';
import { handler as listBills } from '../../functions/billing/list-bills.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  type Caller,
  clock,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { fixedPrice, percentage } from './discounts.ts';
import { allLines } from './lines.ts';
import { aTaxRule, consume, grant, runBilling } from './world.ts';

useStack();

let operator: Caller;
let partner: TestPartner;
let stranger: TestPartner;
let atlas: TestCustomer;
let zenith: TestCustomer;
let ids: Record<'order' | 'usage' | 'cdn' | 'refund' | 'adjustment' | 'foreign', string>;
const CYCLE = '2024-07';
const billId = () => `bill_${CYCLE}_${partner.partnerId}`;

beforeAll(async () => {
  clock.set('2024-06-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('IN', { CGST: '0.09', SGST: '0.09' });
  const india = { registrationArea: { countryRegion: 'IN' } };
  partner = await aPartner(india);
  stranger = await aPartner(india);
  atlas = await aCustomer({ of: partner, accountName: 'Atlas Nimbus' });
  zenith = await aCustomer({ of: partner, accountName: 'Zenith Eclipse' });
  const foreign = await aCustomer({ of: stranger });
  await grant(partner, [percentage('0.5')], { to: '2024-06-30T23:59:59+08:00' });
  await grant(partner, [percentage('0.25'), fixedPrice('2.40', 'Mbps')], { from: '2024-07-01T00:00:00+08:00' });

  const evs = { productType: 'Elastic Volume Service', productTypeCode: 'evs', billingMode: 'yearly-monthly' };
  const one = async (...wish: Parameters<typeof consume>) => (await consume(...wish))[0] ?? '';
  const order = await one(atlas, { ...evs, list: '1000', at: '2024-06-20T10:00:00+08:00' });
  clock.set('2024-07-05T02:30:00+08:00');
  await runBilling('2024-07-05T02:00:00+08:00');
  clock.set('2024-07-31T00:00:00+08:00');
  ids = {
    order,
    usage: await one(atlas, {
      list: '0.123456789012',
      at: '2024-07-10T10:00:00+08:00',
      ...{
        unitPrice: '0.15',
        priceUnit: 'GB/hour',
        usage: '46800',
        usageUnit: 'Second',
        conversionFactor: '3600',
        pricingUnit: 'Hour',
      },
      ...{ region: 'CN North', regionCode: 'cn-north-1', specifications: '=cmd|calc', spotInstance: true },
    }),
    cdn: await one(zenith, {
      list: '180',
      at: '2024-07-20T10:00:00+08:00',
      usage: '124',
      pricingUnit: 'Mbps',
      measuringPoints: 4320,
      productTypeCode: 'cdn',
      linearSize: '10',
    }),
    refund: await one(atlas, {
      ...evs,
      list: '-400',
      at: '2024-07-15T10:00:00+08:00',
      billType: 'refund',
      originalRecordId: order,
      orderId: 'refund-1',
    }),
    adjustment: await one(zenith, {
      list: '-12.5',
      at: '2024-07-25T10:00:00+08:00',
      billType: 'adjustment',
      source: 'marketplace',
      serviceProvider: 'Acme',
    }),
    foreign: await one(foreign, { list: '1', at: '2024-07-10T10:00:00+08:00' }),
  };
  clock.set('2024-08-05T02:30:00+08:00');
  await runBilling('2024-08-05T02:00:00+08:00');
});

const explain = (recordId: string, as: Caller = partner) =>
  invoke(explainBillLine, { as, path: { billId: billId(), lineId: `line_${recordId}` } });

describe('get-bill', () => {
  it('FIN-50: header = sum of lines; tax by component; due date', async () => {
    const { body } = await invoke(getBill, { as: partner, path: { billId: billId() } });
    expect(body).toMatchObject({
      kind: 'bill',
      status: 'unpaid',
      overdue: false,
      // 0.123456789012 × 0.75 = 0.092592591759; 2.40 × 124 × 10 × 15/31 = 1440
      expenditures: '1440.09259259',
      refunds: '-200.00000000', // FIN-33: at June's 50 %
      adjustments: '-12.50000000',
      couponsUsed: '0.00000000',
      taxExclusiveDue: '1227.59259259',
      taxByComponent: { CGST: '110.48333333', SGST: '110.48333333' },
      tax: '220.96666666',
      billAmountExact: '1448.55925925',
      amountDue: '1448.56',
      exchangeRate: '1.0000',
      amountDuePayment: '1448.56',
      lineCount: 4,
      dueAt: '2024-08-20T15:59:59.000Z',
      taxRule: {
        components: [
          { code: 'CGST', rate: '0.09' },
          { code: 'SGST', rate: '0.09' },
        ],
      },
    });
    const lines = await allLines(partner, CYCLE);
    const cents = (text: string | null | undefined) => BigInt(String(text).replace('.', ''));
    expect(lines.reduce((total, { due }) => total + cents(due), 0n)).toBe(cents(body.billAmountExact));
  });

  it('FIN-162, FIN-163: unpaid, it is overdue from the day after its due day, and costs no interest', async () => {
    clock.set('2024-08-20T23:59:59+08:00');
    expect((await invoke(getBill, { as: partner, path: { billId: billId() } })).body.overdue).toBe(false);
    clock.set('2024-08-21T00:10:00+08:00');
    const { body } = await invoke(getBill, { as: partner, path: { billId: billId() } });
    expect(body).toMatchObject({ overdue: true, amountDuePayment: '1448.56' });
  });

  it("FIN-01: a member reads its own partner's, an operator any, a stranger learns nothing", async () => {
    const path = { billId: billId() };
    expect((await invoke(getBill, { as: operator, path })).status).toBe(200);
    for (const unknown of [path, { billId: 'bill_2024-07' }, { billId: 'bill_2024-07_par_nobody' }]) {
      expect(await invoke(getBill, { as: stranger, path: unknown })).toMatchObject({
        status: 404,
        body: { code: 'BILL_NOT_FOUND' },
      });
      const details = await invoke(listBillDetails, { as: stranger, path: unknown });
      expect(details).toMatchObject({ status: 404, body: { code: 'BILL_NOT_FOUND' } });
    }
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    const director = await aMember({ of: partner, roles: ['account-director'] });
    expect((await invoke(getBill, { as: finance, path })).status).toBe(200); // FIN-03
    expect((await invoke(getBill, { as: director, path })).body.code).toBe('PERMISSION_DENIED');
  });

  it('FIN-04: no verification code is asked for', () => {
    expect([getBill, listBills, listBillDetails].map(({ definition }) => definition.critical)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('list-bills, get-monthly-bill', () => {
  it('FIN-144: bills are listed with the newest cycle first, one cycle alone if asked', async () => {
    const list = async (query = {}) => (await invoke(listBills, { as: partner, query })).body;
    expect((await list()).items.map(({ cycle }: { cycle: string }) => cycle)).toEqual(['2024-07', '2024-06']);
    expect((await list({ cycle: '2024-06' })).items).toMatchObject([{ amountDue: '590.00' }]);
    const { nextCursor } = await list({ limit: 1 });
    expect((await list({ limit: 1, cursor: nextCursor })).items).toMatchObject([{ cycle: '2024-06' }]);
    expect((await list({ cursor: 'made.up' })).code).toBe('CURSOR_INVALID');
    expect((await list({ partnerId: stranger.partnerId })).code).toBe('PARTNER_NOT_FOUND');
  });

  it('FIN-08: what is no cycle is refused with a word on what one looks like', async () => {
    for (const cycle of ['2024-13', 'latest']) {
      const { status, body } = await invoke(getMonthlyBill, { as: stranger, path: { cycle } });
      const detail = 'must be a month such as 2024-08, or current';
      expect({ status, errors: body.errors }).toEqual({ status: 400, errors: [{ pointer: 'path/cycle', detail }] });
    }
  });

  it('FIN-16: a cycle without anything reads as zeros', async () => {
    const read = async (cycle: string) => (await invoke(getMonthlyBill, { as: stranger, path: { cycle } })).body;
    expect(await read('2024-06')).toMatchObject({
      kind: 'estimate',
      status: 'no-payment-due',
      billEstimate: '0.00',
      asOf: null,
    });
    expect(await read('current')).toMatchObject({
      cycle: '2024-08',
      status: 'estimated',
      expenditures: '0.00000000',
      issueDate: '2024-09-05',
    });
    const foreign = { as: stranger, path: { cycle: '2024-07' }, query: { partnerId: partner.partnerId } };
    expect((await invoke(getMonthlyBill, foreign)).body.code).toBe('PARTNER_NOT_FOUND');
  });
});

describe('list-bill-details', () => {
  it('FIN-05, FIN-40, FIN-42: customer names are masked, ids and account names clear, amounts have 8 decimals', async () => {
    const [line] = await allLines(partner, CYCLE, { customerId: atlas.customerId, productType: 'ecs' });
    expect(line).toMatchObject({
      lineId: `line_${ids.usage}`,
      customerId: atlas.customerId,
      cycle: CYCLE,
      customerName: 'C***r',
      accountName: 'Atlas Nimbus',
      partnerId: partner.partnerId,
      billType: 'Expenditure',
      billingMode: 'Pay-per-use',
      productType: 'Elastic Cloud Server',
      spotInstance: 'Y',
      unitPrice: '0.15',
      usage: '46800',
      totalPricingUsage: '13',
      conversionFactor: '3600',
      expenditure: '0.12345679',
      settlementType: 'Common product',
      settlementDiscount: '25%',
      settlementAmount: '0.09259259',
      couponsUsed: '0.00000000',
      taxExclusiveDue: '0.09259259',
      tax: '0.01666666',
      due: '0.10925925',
      restoresCoupons: null,
      transactionTime: '2024-07-10T10:00:00+08:00',
      startTime: '2024-07-10T09:00:00+08:00',
      endTime: '2024-07-10T10:00:00+08:00',
      source: 'platform',
      late: false,
    });
  });

  it('FIN-144: by customer and time, filtered by customer, order and product, page by page', async () => {
    const records = async (query = {}) => (await allLines(partner, CYCLE, query)).map(({ lineId }) => lineId?.slice(5));
    const [first, second] = [atlas, zenith].map(({ customerId }) => customerId).sort();
    const ofAtlas = [ids.usage, ids.refund];
    const ofZenith = [ids.cdn, ids.adjustment];
    expect(await records()).toEqual(first === atlas.customerId ? [...ofAtlas, ...ofZenith] : [...ofZenith, ...ofAtlas]);
    expect(await records({ limit: 1 })).toEqual(await records());
    expect(
      await records({ customerId: second === atlas.customerId ? zenith.customerId : atlas.customerId }),
    ).toHaveLength(2);
    expect(await records({ customerId: zenith.customerId, limit: 1 })).toEqual(ofZenith);
    expect(await records({ customer: 'ZENITH' })).toEqual(ofZenith);
    expect(await records({ customer: 'carla customer' })).toHaveLength(4);
    expect(await records({ orderId: 'refund-1' })).toEqual([ids.refund]);
    expect(await records({ productType: 'cdn' })).toEqual([ids.cdn]);
    expect(await records({ productType: 'Elastic Volume Service' })).toEqual([ids.refund]);
    expect(await records({ customerId: 'cus_nobody' })).toEqual([]);
    const madeUp = { as: partner, path: { billId: billId() }, query: { cursor: 'made.up' } };
    expect((await invoke(listBillDetails, madeUp)).body.code).toBe('CURSOR_INVALID');
  });

  it('FIN-33: a refund line names its original, and says whether coupons are restored', async () => {
    const [refund] = await allLines(partner, CYCLE, { orderId: 'refund-1' });
    expect(refund).toMatchObject({ billType: 'Refund', restoresCoupons: 'No', originalLineId: `line_${ids.order}` });
  });

  it('FIN-67: before the issue the same lines are shown as an estimate, without tax', async () => {
    clock.set('2024-08-22T00:00:00+08:00');
    const at = (day: string) => ({ at: `2024-08-${day}T10:00:00+08:00` });
    await consume(atlas, { list: '10', ...at('10') }, { list: '20', ...at('11') }, { list: '30', ...at('12') });
    await consume(zenith, { list: '40', ...at('10') });
    const path = { billId: `bill_2024-08_${partner.partnerId}` };
    const { body } = await invoke(listBillDetails, { as: partner, path, query: { customer: 'Atlas' } });
    expect(body.estimated).toBe(true);
    expect(body.items).toMatchObject([
      { settlementAmount: '7.50000000', tax: '0.00000000', due: '7.50000000' },
      { settlementAmount: '15.00000000' },
      { settlementAmount: '22.50000000' },
    ]);
    const all = await allLines(partner, '2024-08', { limit: 2 });
    expect(all).toHaveLength(4);
    expect(new Set(all.map(({ lineId }) => lineId)).size).toBe(4);
    expect(await allLines(partner, '2024-08', { customerId: zenith.customerId })).toHaveLength(1);
  });
});

describe('explain-bill-line', () => {
  it('FIN-23, FIN-36: record, discount, tax rule and every step of a percentage; computed anew it matches', async () => {
    const { body } = await explain(ids.usage);
    expect(body).toMatchObject({
      matches: true,
      line: { lineId: `line_${ids.usage}`, customerName: 'C***r' },
      record: { recordId: ids.usage, listPrice: '0.123456789012' },
      discount: { effectiveAt: '2024-06-30T16:00:00.000Z' },
      taxRule: { components: [{ code: 'CGST' }, { code: 'SGST' }] },
      original: null,
      recomputed: { settlementType: 'Common product', settlementDiscount: '25%', due: '0.10925925' },
    });
    expect(body.steps).toEqual([
      { rule: 'FIN-23', formula: '0.123456789012 list price × (1 − 25%), rounded to 8 decimals', result: '0.09259259' },
      { rule: 'FIN-35', formula: '0.09259259 settlement − 0 coupons', result: '0.09259259' },
      { rule: 'FIN-36', formula: 'CGST: 0.09259259 × 0.09, rounded to 8 decimals', result: '0.00833333' },
      { rule: 'FIN-36', formula: 'SGST: 0.09259259 × 0.09, rounded to 8 decimals', result: '0.00833333' },
      { rule: 'FIN-37', formula: '0.09259259 + 0.01666666 tax', result: '0.10925925' },
    ]);
    expect(JSON.stringify(body)).not.toContain('Carla'); // FIN-05
  });

  it('FIN-24, FIN-26, FIN-27: a fixed price shows usage, size and the exact ratio of days', async () => {
    const { body } = await explain(ids.cdn);
    expect(body.matches).toBe(true);
    expect(body.steps[0]).toEqual({
      rule: 'FIN-24',
      formula: '2.4 fixed unit price × 124 usage × 10 linear size × 4320/8928 usage days, rounded to 8 decimals',
      result: '1440.00000000',
    });
  });

  it('FIN-33: a refund shows the original line, settled by the discount of its own time', async () => {
    const { body } = await explain(ids.refund);
    expect(body).toMatchObject({
      matches: true,
      original: { lineId: `line_${ids.order}`, cycle: '2024-06', settlementAmount: '500.00000000' },
      discount: { expiresAt: '2024-06-30T15:59:59.000Z' },
    });
    expect(body.steps[0]).toMatchObject({
      rule: 'FIN-33',
      formula: '500 settlement of the original × -400 / 1000, rounded to 8 decimals',
    });
  });

  it('FIN-34: an adjustment is as posted', async () => {
    const { body } = await explain(ids.adjustment);
    expect(body).toMatchObject({
      matches: true,
      discount: null,
      line: { settlementType: 'No discount', serviceProvider: 'Acme' },
    });
    expect(body.steps[0]).toMatchObject({ rule: 'FIN-34', result: '-12.50000000' });
  });

  it('FIN-131: a discount that came, or ended, after the issue changes neither line nor explanation', async () => {
    const vpc = percentage('0.9', { productTypeCodes: ['ecs'] });
    await grant(partner, [vpc], { from: '2024-07-01T00:00:00+08:00' });
    expect((await explain(ids.usage)).body).toMatchObject({
      matches: true,
      recomputed: { settlementAmount: '0.09259259' },
    });
  });

  it("FIN-01: a line of another bill, another partner's record and an unknown one are not found", async () => {
    for (const recordId of [ids.order, ids.foreign, 'rec-unknown']) {
      expect(await explain(recordId)).toMatchObject({ status: 404, body: { code: 'LINE_NOT_FOUND' } });
    }
    expect((await explain(ids.usage, stranger)).body.code).toBe('BILL_NOT_FOUND');
    const path = { billId: `bill_2024-08_${partner.partnerId}`, lineId: `line_${ids.usage}` };
    expect(await invoke(explainBillLine, { as: partner, path })).toMatchObject({
      status: 409,
      body: { code: 'BILL_NOT_ISSUED' },
    });
  });
});
