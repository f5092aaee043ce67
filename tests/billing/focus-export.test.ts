import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadMonth } from '#lib/expenditures/index.ts';
import { exactText, parseMoney, sum } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { handler as getBill } from '../../functions/billing/get-bill.ts';
import { handler as getBillExport } from '../../functions/billing/get-bill-export.ts';
import { handler as startBillExport } from '../../functions/billing/start-bill-export.ts';
import { imported } from '../expenditures/imports.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  type Caller,
  clock,
  drain,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { percentage } from './discounts.ts';
import { headerFaults, rowFaults } from './focus-rules.ts';
import { aTaxRule, consume, grant, runBilling } from './world.ts';

useStack();

let operator: Caller;
let partner: TestPartner;
let customer: TestCustomer;
let rows: Record<string, string>[];
let text: string;
const july = (day: string) => `2024-07-${day}T10:00:00+08:00`;
const billId = () => `bill_2024-07_${partner.partnerId}`;

beforeAll(async () => {
  clock.set('2024-05-31T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('IN', { CGST: '0.09', SGST: '0.09' });
  partner = await aPartner({ registrationArea: { countryRegion: 'IN' } });
  customer = await aCustomer({ of: partner, accountName: 'Atlas Nimbus' });
  await grant(partner, [percentage('0.25')]);
  const evs = {
    productType: 'Elastic Volume Service',
    productTypeCode: 'hws.service.type.ebs',
    billingMode: 'yearly-monthly',
  };
  clock.set('2024-06-30T00:00:00+08:00');
  const [order = ''] = await consume(customer, { ...evs, list: '1000', at: '2024-06-10T10:00:00+08:00' });
  clock.set('2024-07-05T02:30:00+08:00');
  await runBilling('2024-07-05T02:00:00+08:00');

  clock.set('2024-07-31T23:00:00+08:00');
  const metered = {
    unitPrice: '0.15',
    priceUnit: 'Hours',
    usage: '46800',
    usageUnit: 'Seconds',
    conversionFactor: '3600',
    pricingUnit: 'Hours',
  };
  const region = { region: 'CN North', regionCode: 'cn-north-1' };
  await consume(customer, {
    ...metered,
    ...region,
    list: '1.95',
    at: july('01'),
    resourceId: 'i-1',
    resourceType: 'vm',
    spotInstance: true,
  });
  await consume(customer, {
    ...metered,
    list: '7.123456789012',
    at: july('02'),
    billingItemCode: 'ecs.time',
    billingItemName: 'duration',
  });
  await consume(customer, {
    list: '0',
    at: july('03'),
    usage: '0',
    usageUnit: 'GB',
    pricingUnit: 'GB',
    unitPrice: '1',
  });
  await consume(customer, { ...evs, list: '200', at: july('04'), orderType: 'new-purchase' });
  await consume(customer, {
    ...evs,
    list: '-400',
    at: july('05'),
    billType: 'refund',
    originalRecordId: order,
    orderType: 'unsubscription',
  });
  await consume(customer, { list: '-1.5', at: july('06'), billType: 'refund', ...metered, usage: '36000' });
  await consume(customer, { list: '-12.5', at: july('07'), billType: 'adjustment' });
  await consume(customer, {
    list: '876',
    at: july('08'),
    billingMode: 'reserved-instance-upfront',
    transactionTime: july('08'),
    reservedHours: '8760',
  });
  await consume(customer, { list: '0.1', at: july('09'), billingMode: 'reserved-instance-hourly', resourceId: 'ri-1' });
  await consume(customer, { list: '0.2', at: july('10'), billingMode: 'savings-plan', resourceId: 'sp-1' });
  await consume(customer, {
    list: '50',
    at: july('11'),
    source: 'marketplace',
    serviceProvider: 'Acme, "Ltd"',
    productName: '=Scan',
  });
  await consume(customer, { list: '3', at: '2024-08-01T00:00:00+08:00' }); // ends with July: July's (FIN-10)
  clock.set('2024-08-05T02:30:00+08:00');
  await runBilling();
  const { body } = await invoke(startBillExport, { as: partner, body: { kind: 'focus', billId: billId() } });
  await drain();
  const job = (await invoke(getBillExport, { as: partner, path: { jobId: body.jobId } })).body;
  expect(job).toMatchObject({ status: 'completed', files: [{ fileName: 'bill-details-focus-2024-07.csv', rows: 14 }] });
  text = await (await fetch(job.files[0].url)).text();
  rows = parse(text, { columns: true });
});

const of = (category: string) => rows.filter((row) => row.ChargeCategory === category);
const total = (column: string, of = rows) => exactText(sum(of.map((row) => parseMoney(row[column] ?? ''))), 8);

describe('the file', () => {
  it('FIN-160: has the columns of FOCUS 1.2, its own behind them', () => {
    const [header = []] = parse(text) as string[][];
    expect(headerFaults(header)).toEqual([]);
    expect(new Set((parse(text) as string[][]).map((row) => row.length))).toEqual(new Set([header.length]));
  });

  it('FIN-160: keeps types, nulls, allowed values and what joins columns, row by row', () => {
    const faults = rows.flatMap((row) => rowFaults(row).map((fault) => `${row.ChargeDescription}: ${fault}`));
    expect(faults).toEqual([]);
    expect(of('Usage').length + of('Purchase').length + of('Adjustment').length).toBe(12);
  });

  it('FIN-160: the rules of this test refuse what the specification refuses', () => {
    const [row = {}] = of('Usage');
    expect(rowFaults({ ...row, ChargeCategory: 'usage' })[0]).toContain('ChargeCategory');
    expect(rowFaults({ ...row, BilledCost: '1,000' })[0]).toContain('BilledCost');
    expect(rowFaults({ ...row, ListUnitPrice: '9' })[0]).toContain('ListUnitPrice');
    expect(rowFaults({ ...row, ChargePeriodEnd: '2024-07-01 00:00:00' })[0]).toContain('ChargePeriodEnd');
    expect(rowFaults({ ...row, SkuId: '' })[0]).toContain('SKU');
    expect(headerFaults(['Id'])).toContain('BilledCost is missing');
  });

  it('FIN-50: with a row for each tax component, the billed costs are the exact amount of the bill', async () => {
    const { body: bill } = await invoke(getBill, { as: partner, path: { billId: billId() } });
    expect(total('BilledCost')).toBe(bill.billAmountExact);
    expect(of('Tax').map((row) => [row.ChargeDescription, row.BilledCost])).toEqual(
      Object.entries(bill.taxByComponent).map(([code, amount]) => [code, exactText(parseMoney(amount as string), 0)]),
    );
    expect(
      total(
        'ContractedCost',
        rows.filter((row) => row.ChargeCategory !== 'Tax'),
      ),
    ).toBe(
      exactText(sum([bill.expenditures, bill.refunds, bill.adjustments].map((each: string) => parseMoney(each))), 8),
    );
  });

  it('FIN-159: names are anonymised, ids are not', () => {
    expect(text).not.toContain('Atlas');
    expect(text).not.toContain('Carla');
    expect(rows[0]).toMatchObject({
      SubAccountId: customer.accountId,
      SubAccountName: 'A***s',
      x_CustomerId: customer.customerId,
    });
  });

  it('FIN-33: what takes back a charge of an earlier bill is a correction', () => {
    expect(rows.filter((row) => row.ChargeClass === 'Correction').map((row) => row.ListCost)).toEqual(['-400']);
  });

  it('FIN-24, FIN-28: priced by usage and unit price where that gives the cost, else as one unit', () => {
    const priced = of('Usage').map((row) => [row.ListCost, row.PricingQuantity, row.PricingUnit, row.ListUnitPrice]);
    expect(priced).toContainEqual(['1.95', '13', 'Hours', '0.15']);
    expect(priced).toContainEqual(['-1.5', '-10', 'Hours', '0.15']);
    expect(priced).toContainEqual(['7.123456789012', '1', 'Units', '7.123456789012']);
  });
});

it('FIN-21, FIN-09: imported again, the file gives the same sums by bill type in the same month', async () => {
  const other = await aPartner({ registrationArea: { countryRegion: 'IN' } });
  clock.set('2024-06-15T00:00:00+08:00');
  const twin = await aCustomer({ of: other });
  clock.set('2024-08-05T12:00:00+08:00');
  // Another customer's, under other ids: a record counts once, whatever the way in.
  const again = text.replaceAll(customer.accountId, twin.accountId).replaceAll(/\brec-(\d+)\b/g, 'again-$1');
  const job = await imported(operator, again);
  expect(job).toMatchObject({ status: 'completed', lines: 14, taxLines: 2 });
  const month = '2024-07' as BillingMonth;
  const [first, second] = await Promise.all([
    loadMonth(partner.partnerId, customer.customerId, month),
    loadMonth(other.partnerId, twin.customerId, month),
  ]);
  const sums = (of: typeof first) => of && [of.count, of.expenditure, of.refund, of.adjustment];
  expect(sums(second)).toEqual(sums(first));
  expect(second?.count).toBe(12);
});
