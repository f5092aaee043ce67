import { beforeAll, describe, expect, it } from 'vitest';
import { handler as getMonthlyBill } from '../../functions/billing/get-monthly-bill.ts';
import { handler as listBillDetails } from '../../functions/billing/list-bill-details.ts';
import { handler as listBills } from '../../functions/billing/list-bills.ts';
import { handler as refreshEstimates } from '../../functions/billing/refresh-bill-estimates.ts';
import { handler as setExchangeRate } from '../../functions/billing/set-exchange-rate.ts';
import { handler as startBillRun } from '../../functions/billing/start-bill-run.ts';
import { handler as startMonthlyBilling } from '../../functions/billing/start-monthly-billing.ts';
import { fixedPrice, percentage } from '../billing/discounts.ts';
import { aTaxRule, consume, grant, runBilling } from '../billing/world.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  clock,
  drain,
  invoke,
  publishedEvents,
  runSchedule,
  type TestPartner,
  useStack,
} from '../support/index.ts';

useStack();

beforeAll(async () => {
  clock.set('2021-01-01T00:00:00+08:00');
  await aTaxRule('SG', { VAT: '0.07' });
  await aTaxRule('HK');
});

const untaxed = { registrationArea: { countryRegion: 'HK' } } as const;
const billOf = async (partner: TestPartner, cycle: string) =>
  (await invoke(getMonthlyBill, { as: partner, path: { cycle } })).body;

const july = (day: string) => `2024-07-${day}T10:00:00+08:00`;

/** The worked example for a partner without coupons; billing-coupons.test.ts has it whole. */
async function workedExample() {
  clock.set('2024-06-01T00:00:00+08:00');
  const partner = await aPartner();
  const [c1, c2, c3] = [
    await aCustomer({ of: partner }),
    await aCustomer({ of: partner }),
    await aCustomer({ of: partner }),
  ];
  await grant(partner, [percentage('0.25'), percentage('0.10', { settlementClass: 'promotional' })]);
  const vpcOnly = { settlementClass: 'special', productTypeCodes: ['VPC'] } as const;
  await grant(partner, [percentage('0.5', vpcOnly)], { customerId: c2.customerId });
  const cdnOnly = { settlementClass: 'special', productTypeCodes: ['CDN'] } as const;
  await grant(partner, [fixedPrice('2.40', 'Mbps', cdnOnly)], { customerId: c3.customerId });

  const evs = { productTypeCode: 'EVS', billingMode: 'yearly-monthly' };
  const [order] = await consume(c1, { ...evs, list: '400', at: '2024-06-10T10:00:00+08:00' });
  clock.set(july('31'));
  await consume(c1, { ...evs, list: '1000', at: july('10') });
  await consume(c1, { ...evs, billType: 'refund', originalRecordId: order, list: '-400', at: july('22') });
  const vpc = { productTypeCode: 'VPC' };
  await consume(c2, { ...vpc, list: '72.576', at: july('03') }, { ...vpc, list: '24.96', at: july('12') });
  await consume(c2, { ...vpc, list: '92.16', at: july('20') });
  const measured = { productTypeCode: 'CDN', usage: '124', pricingUnit: 'Mbps', measuringPoints: 15 * 288 };
  await consume(c3, { ...measured, list: '180', at: '2024-08-01T00:00:00+08:00' });
  await consume(c3, { settlementClass: 'promotional', list: '19.8415975', at: july('31') });
  await consume(c3, { billType: 'adjustment', list: '-12.50', at: july('25') });
  return { partner, c1, c2, c3 };
}

it('FIN-65, FIN-66, FIN-67 (example 3): before the issue the worked example is an estimate of 694.21, without tax and coupons', async () => {
  const { partner } = await workedExample();
  clock.set('2024-08-02T09:00:00+08:00');
  await runSchedule(refreshEstimates, '2024-08-02T01:00:00+08:00');
  await drain();

  const bill = await billOf(partner, '2024-07');
  expect(bill).toMatchObject({
    kind: 'estimate',
    status: 'estimated',
    billEstimate: '694.21',
    expenditures: '1006.70543775',
    refunds: '-300.00000000',
    adjustments: '-12.50000000',
    issueDate: '2024-08-05',
  });
  expect(bill.notice).toContain('2024-08-05');
  expect(bill).not.toHaveProperty('tax');
});

it('FIN-50 (example 2, without coupons): issued, the worked example is 694.20543775 and its tax', async () => {
  const { partner, c1, c2, c3 } = await workedExample();
  clock.set('2024-08-05T02:30:00+08:00');
  await runBilling('2024-08-05T02:00:00+08:00');

  const bill = await billOf(partner, '2024-07');
  expect(bill).toMatchObject({
    kind: 'bill',
    status: 'unpaid',
    expenditures: '1006.70543775',
    refunds: '-300.00000000',
    adjustments: '-12.50000000',
    couponsUsed: '0.00000000',
    // 2.54016 + 52.50 + 0.8736 + 3.2256 + 10.08 + 1.25002064 (of 1.2500206425) − 21.00 − 0.875
    tax: '48.59438064',
    taxByComponent: { VAT: '48.59438064' },
    billAmountExact: '742.79981839',
    amountDue: '742.80',
    lineCount: 8,
    late: false,
  });
  const dueOf = async (customerId: string) => {
    const { body } = await invoke(listBillDetails, {
      as: partner,
      path: { billId: bill.billId },
      query: { customerId },
    });
    return body.items.map(({ due }: { due: string }) => due);
  };
  expect(await dueOf(c1.customerId)).toEqual(['802.50000000', '-321.00000000']);
  expect(await dueOf(c2.customerId)).toEqual(['38.82816000', '13.35360000', '49.30560000']);
  expect(await dueOf(c3.customerId)).toEqual(['-13.37500000', '19.10745839', '154.08000000']);
});

it('FIN-41 (example 1): 8,083.8494925 − 853.8495 − 37.9425 is shown as 7,192.06', async () => {
  clock.set('2021-08-01T00:00:00+08:00');
  const partner = await aPartner(untaxed);
  const customer = await aCustomer({ of: partner });
  const at = '2021-08-15T10:00:00+08:00';
  await consume(customer, { list: '8083.8494925', at }, { billType: 'refund', list: '-853.8495', at });
  await consume(customer, { billType: 'adjustment', list: '-37.9425', at });
  await runSchedule(refreshEstimates, '2021-08-20T01:00:00+08:00');
  await drain();
  expect(await billOf(partner, '2021-08')).toMatchObject({ billEstimate: '7192.06', expenditures: '8083.84949250' });
});

it('FIN-07 (example 4): due on 4 August 18:00 UTC, the job bills 2024-07; it is set for 02:00 in GMT+08:00', async () => {
  expect(startMonthlyBilling.definition).toMatchObject({ schedule: 'cron(0 2 5 * ? *)', timezone: 'Asia/Singapore' });
  clock.set('2024-06-01T00:00:00+08:00');
  const partner = await aPartner(untaxed);
  await consume(await aCustomer({ of: partner }), { list: '10', at: '2024-06-30T23:00:00+08:00' });
  clock.set('2024-07-07T09:00:00+08:00');
  await runBilling('2024-07-04T18:00:00Z'); // three days late, and still the month before the time it was due (FIN-165)
  expect(await billOf(partner, '2024-06')).toMatchObject({ kind: 'bill', amountDue: '10.00', late: true }); // FIN-20
  expect((await billOf(partner, '2024-06')).dueAt).toBe('2024-07-22T15:59:59.000Z'); // FIN-20, FIN-162: from the real issue
});

it('FIN-15 (example 5): a run started twice at once makes one bill', async () => {
  clock.set('2024-05-01T00:00:00+08:00');
  const partner = await aPartner(untaxed);
  await consume(await aCustomer({ of: partner }), { list: '10', at: '2024-05-10T10:00:00+08:00' });
  clock.set('2024-06-05T02:00:00+08:00');
  const operator = await anOperator();
  const start = () => invoke(startBillRun, { as: operator, body: { cycle: '2024-05' } });
  const answers = await Promise.all([start(), start(), runSchedule(startMonthlyBilling, '2024-06-05T02:00:00+08:00')]);
  expect(answers.slice(0, 2).map((answer) => answer && 'status' in answer && answer.status)).toEqual([202, 202]);
  await drain();
  const events = await publishedEvents('bill.issued');
  expect(events.filter(({ detail }) => detail.partnerId === partner.partnerId)).toHaveLength(1);
  expect((await invoke(listBills, { as: partner })).body.items).toHaveLength(1);
});

it('FIN-08, FIN-09, FIN-10 (example 6): usage ending at 00:00 on the 1st is of the old month, an order paid then of the new one', async () => {
  clock.set('2022-07-01T00:00:00+08:00');
  const partner = await aPartner(untaxed);
  const customer = await aCustomer({ of: partner });
  await grant(partner, [percentage('0.5')], { from: '2022-01-01T00:00:00+08:00', to: '2022-07-31T23:59:59+08:00' });
  clock.set('2022-08-01T01:00:00+08:00');
  await consume(customer, { list: '8', at: '2022-08-01T00:00:00+08:00' });
  await consume(customer, { list: '3', at: '2022-07-31T16:30:00Z', billingMode: 'yearly-monthly' });
  clock.set('2022-08-05T03:00:00+08:00');
  await runBilling('2022-08-05T02:00:00+08:00');
  // by the discount of July's last instant (spec note 17)
  expect(await billOf(partner, '2022-07')).toMatchObject({ amountDue: '4.00', lineCount: 1 });
  clock.set('2022-09-05T03:00:00+08:00');
  await runBilling('2022-09-05T02:00:00+08:00');
  expect(await billOf(partner, '2022-08')).toMatchObject({ amountDue: '3.00', lineCount: 1 });
});

describe('FIN-43 (example 8): regimes of older cycles', () => {
  it.each([
    ['2021-05', '0.129', 3, '0.36'],
    ['2021-07', '0.129', 3, '0.39'],
    ['2021-08', '0.129', 3, '0.39'],
    ['2021-05', '0.125', 4, '0.48'],
    ['2021-07', '0.125', 4, '0.52'],
    ['2021-08', '0.125', 4, '0.50'],
  ])('FIN-43: in %s lines of %s, %i of them, come to %s', async (cycle, list, count, amountDue) => {
    clock.set(`${cycle}-01T00:00:00+08:00`);
    const partner = await aPartner(untaxed);
    const lines = Array.from({ length: count }, () => ({ list, at: `${cycle}-10T10:00:00+08:00` }));
    await consume(await aCustomer({ of: partner }), ...lines);
    await runSchedule(refreshEstimates, `${cycle}-20T01:00:00+08:00`);
    await drain();
    expect(await billOf(partner, cycle)).toMatchObject({ billEstimate: amountDue });
  });
});

it('FIN-44, FIN-45 (example 9): refunds above expenditures leave nothing to pay and a credit', async () => {
  clock.set('2024-04-01T00:00:00+08:00');
  const partner = await aPartner(untaxed);
  const at = '2024-04-10T10:00:00+08:00';
  await consume(await aCustomer({ of: partner }), { list: '100', at }, { billType: 'refund', list: '-130', at });
  clock.set('2024-05-05T02:30:00+08:00');
  await runBilling('2024-05-05T02:00:00+08:00');
  expect(await billOf(partner, '2024-04')).toMatchObject({
    status: 'no-payment-due',
    billAmountExact: '-30.00000000',
    amountDue: '0.00',
    credit: '30.00',
    overdue: false,
  });
  const events = await publishedEvents('bill.issued', 'bill.no-payment-due');
  expect(events.filter(({ detail }) => detail.partnerId === partner.partnerId)).toMatchObject([
    { name: 'bill.no-payment-due', detail: { billAmountExact: '-30.00000000', credit: '30.00' } },
  ]);
});

it('FIN-47, FIN-48 (example 10): 0.1008 USD at 7.7523 are 0.10 USD and 0.78 HKD; a rate changed later changes no bill', async () => {
  clock.set('2024-03-01T00:00:00+08:00');
  const partner = await aPartner({ ...untaxed, paymentCurrency: 'HKD' });
  await consume(await aCustomer({ of: partner }), {
    list: '0.1008',
    at: '2024-03-10T10:00:00+08:00',
    exchangeRate: '7.8',
  });
  const operator = await anOperator();
  const rate = (text: string, expectedVersion: number) =>
    invoke(setExchangeRate, {
      as: operator,
      path: { currency: 'HKD', cycle: '2024-03' },
      body: { rate: text, reason: 'month end', expectedVersion },
    });
  expect(await rate('7.7523', 0)).toMatchObject({ status: 200, body: { rate: '7.7523' } });
  clock.set('2024-04-05T02:30:00+08:00');
  await runBilling('2024-04-05T02:00:00+08:00');
  await rate('9.0000', 1);
  expect(await billOf(partner, '2024-03')).toMatchObject({
    amountDue: '0.10',
    paymentCurrency: 'HKD',
    exchangeRate: '7.7523',
    amountDuePayment: '0.78',
  });
});

it('FIN-27 (example 11): 4,320 points in September at 2.40 and 120 Mbps settle to 144.00, shown as 50%', async () => {
  clock.set('2023-09-01T00:00:00+08:00');
  const partner = await aPartner(untaxed);
  const customer = await aCustomer({ of: partner });
  await grant(partner, [fixedPrice('2.40', 'Mbps')], {
    from: '2023-01-01T00:00:00+08:00',
    to: '2023-12-31T23:59:59+08:00',
  });
  const cdn = { usage: '120', pricingUnit: 'Mbps', measuringPoints: 4320 };
  await consume(customer, { list: '200', at: '2023-10-01T00:00:00+08:00', ...cdn });
  const { body } = await invoke(listBillDetails, {
    as: partner,
    path: { billId: `bill_2023-09_${partner.partnerId}` },
  });
  expect(body).toMatchObject({
    estimated: true,
    items: [{ settlementAmount: '144.00000000', usageDaysRatio: '50%', settlementDiscount: '2.40' }],
  });
});

it('FIN-28 (example 12): 1 byte with the factor 1,073,741,824 is 0.0000000009 pricing units', async () => {
  clock.set('2023-08-01T00:00:00+08:00');
  const partner = await aPartner(untaxed);
  const byte = { usage: '1', usageUnit: 'Byte', pricingUnit: 'GB', conversionFactor: '1073741824' };
  await consume(await aCustomer({ of: partner }), { list: '0.01', at: '2023-08-10T10:00:00+08:00', ...byte });
  const { body } = await invoke(listBillDetails, {
    as: partner,
    path: { billId: `bill_2023-08_${partner.partnerId}` },
  });
  expect(body.items).toMatchObject([{ totalPricingUsage: '0.0000000009', conversionFactor: '1073741824' }]);
});

it('FIN-01 (example 17): a reseller gets no bill', async () => {
  clock.set('2024-07-01T00:00:00+08:00');
  const distributor = await aPartner({ type: 'distributor', ...untaxed });
  const reseller = await aPartner({ of: distributor, ...untaxed });
  const answer = await invoke(getMonthlyBill, { as: reseller, path: { cycle: '2024-07' } });
  expect(answer).toMatchObject({ status: 403, body: { code: 'PARTNER_TYPE_NOT_BILLED' } });
});

it('FIN-11, FIN-12, DEV-13 (example 19): spending of a referral customer, or before the association, is not on the bill', async () => {
  clock.set('2024-02-01T00:00:00+08:00');
  const partner = await aPartner(untaxed);
  const referred = await aCustomer({ of: partner, type: 'referral' });
  clock.set('2024-02-10T00:00:00+08:00');
  const customer = await aCustomer({ of: partner });
  await consume(referred, { list: '500', at: '2024-02-15T10:00:00+08:00' });
  await consume(customer, { list: '100', at: '2024-02-15T10:00:00+08:00' });
  await expect(consume(customer, { list: '70', at: '2024-02-09T10:00:00+08:00' })).rejects.toThrow('NOT_ASSOCIATED');
  clock.set('2024-03-05T02:30:00+08:00');
  await runBilling('2024-03-05T02:00:00+08:00');
  expect(await billOf(partner, '2024-02')).toMatchObject({ amountDue: '100.00', lineCount: 1 });
});
