import { describe, expect, it } from 'vitest';
import { parseCharge } from './charge-form.ts';
import { chargeOfLine, decimalOf, headerProblem, REQUIRED_COLUMNS } from './focus.ts';

const base = {
  Id: '11472',
  SubAccountId: '51738928782',
  BillingCurrency: 'USD',
  ChargeCategory: 'Usage',
  ChargeDescription: '$0.40 per million requests',
  ChargeFrequency: 'Usage-Based',
  ChargePeriodStart: '2024-09-18 22:00:00',
  ChargePeriodEnd: '2024-09-18 23:00:00',
  CommitmentDiscountType: 'NULL',
  ListCost: '0.00000080000',
  ListUnitPrice: '0.0000004',
  PricingCategory: 'Standard',
  PricingQuantity: '2.00000000000',
  PricingUnit: 'Requests',
  PublisherName: 'Example, Inc.',
  RegionId: 'us-west-2',
  RegionName: 'US West (Oregon)',
  ResourceId: 'queue-1',
  ResourceType: '',
  ServiceName: 'Simple Queue Service',
  SkuId: 'G95FST5FTYV3JSRX',
  SkuPriceId: 'G95FST5FTYV3JSRX.JRTCKXETXF',
};

const chargeOf = (fields: Partial<Record<keyof typeof base, string>> = {}) => {
  const line = { ...base, ...fields };
  return chargeOfLine(Object.keys(line), Object.values(line));
};

describe('chargeOfLine', () => {
  it('ORD-127: reads a line as a charge that the form takes', () => {
    const charge = chargeOf();
    expect(charge).toEqual({
      recordId: '11472',
      accountId: '51738928782',
      billType: 'expenditure',
      billingMode: 'pay-per-use',
      productType: 'Simple Queue Service',
      productTypeCode: 'simple-queue-service',
      productName: '$0.40 per million requests',
      productId: 'G95FST5FTYV3JSRX',
      resourceId: 'queue-1',
      region: 'US West (Oregon)',
      regionCode: 'us-west-2',
      billingItemCode: 'G95FST5FTYV3JSRX.JRTCKXETXF',
      orderId: '11472',
      listPrice: '0.0000008',
      currency: 'USD',
      unitPrice: '0.0000004',
      priceUnit: 'Requests',
      usage: '2',
      usageUnit: 'Requests',
      pricingUnit: 'Requests',
      conversionFactor: '1',
      settlementClass: 'common',
      spotInstance: false,
      spentFrom: '2024-09-18T22:00:00Z',
      spentTo: '2024-09-18T23:00:00Z',
      serviceProvider: 'Example, Inc.',
    });
    expect(parseCharge(charge)).toMatchObject({ ok: true });
  });

  it.each([
    ['Usage', '1.5', 'expenditure'],
    ['Usage', '0.000', 'expenditure'],
    ['Usage', '-0.000', 'expenditure'],
    ['Usage', '-0.001', 'refund'],
    ['Purchase', '10', 'expenditure'],
    ['Purchase', '-10', 'refund'],
    ['Credit', '-10', 'adjustment'],
    ['Adjustment', '0', 'adjustment'],
    ['Adjustment', '3', 'adjustment'],
  ])('ORD-127: %s of %s is a bill line of type %s', (ChargeCategory, ListCost, billType) => {
    expect(chargeOf({ ChargeCategory, ListCost })).toMatchObject({ billType });
  });

  it('CUS-101, ORD-129: tax is no expenditure', () => {
    expect(chargeOf({ ChargeCategory: 'Tax' })).toBeUndefined();
  });

  it('CUS-096: a category that the format does not know is refused, not guessed', () => {
    expect(parseCharge(chargeOf({ ChargeCategory: 'Gift' }))).toMatchObject({
      ok: false,
      reasons: [{ pointer: '/billType' }],
    });
  });

  it.each([
    [{ CommitmentDiscountType: 'Savings Plan' }, { billingMode: 'savings-plan' }],
    [{ CommitmentDiscountType: 'Reserved Instance' }, { billingMode: 'reserved-instance-hourly' }],
    [
      { CommitmentDiscountType: 'Reservation', ChargeCategory: 'Purchase', ChargeFrequency: 'One-Time' },
      { billingMode: 'reserved-instance-upfront', orderType: 'new-purchase', transactionTime: '2024-09-18T22:00:00Z' },
    ],
    [
      { CommitmentDiscountType: 'SavingsPlan', ChargeCategory: 'Purchase', ChargeFrequency: 'One-Time' },
      { billingMode: 'savings-plan', orderType: 'new-purchase', transactionTime: '2024-09-18T22:00:00Z' },
    ],
    [
      { ChargeCategory: 'Purchase', ChargeFrequency: 'Recurring' },
      { billingMode: 'yearly-monthly', orderType: 'new-purchase', transactionTime: '2024-09-18T22:00:00Z' },
    ],
    [
      { ChargeCategory: 'Purchase', ListCost: '-5' },
      { billingMode: 'yearly-monthly', orderType: 'unsubscription', billType: 'refund' },
    ],
    [{ PricingCategory: 'Dynamic' }, { billingMode: 'pay-per-use', spotInstance: true }],
  ])('FIN-09: %o is %o', (fields, expected) => {
    const charge = chargeOf(fields);
    expect(charge).toMatchObject(expected);
    expect(parseCharge(charge)).toMatchObject({ ok: true });
  });

  it('ORD-127: names the product by what is there', () => {
    expect(chargeOf({ ChargeDescription: 'NULL', SkuId: 'NULL', SkuPriceId: '' })).toMatchObject({
      productName: 'Simple Queue Service',
      productId: 'simple-queue-service',
    });
    expect(chargeOf({ RegionName: 'NULL' })).toMatchObject({ region: 'us-west-2' });
  });
});

describe('decimalOf', () => {
  it.each([
    ['0.00001605990', '0.0000160599'],
    ['-0.001528156921268', '-0.001528156921268'],
    ['0.000235520300000', '0.0002355203'],
    ['35.2E-7', '0.00000352'],
    ['1.5e3', '1500'],
    ['+7', '7'],
    ['.5', '0.5'],
    ['007.50', '7.5'],
    ['0.000', '0'],
    ['-12E0', '-12'],
    ['1,000', '1,000'],
    ['.', '.'],
    [undefined, undefined],
  ])('note 21: %s is %s', (text, expected) => {
    expect(decimalOf(text)).toBe(expected);
  });
});

describe('headerProblem', () => {
  it('CUS-096: names what is missing or there twice, whatever else there is', () => {
    expect(headerProblem([...REQUIRED_COLUMNS, 'x_Own'])).toBeUndefined();
    expect(headerProblem(REQUIRED_COLUMNS.slice(2))).toBe(
      'The first line lacks the FOCUS 1.0 columns Id, SubAccountId.',
    );
    expect(headerProblem([...REQUIRED_COLUMNS, 'ListCost'])).toBe('The first line has the columns ListCost twice.');
  });
});
