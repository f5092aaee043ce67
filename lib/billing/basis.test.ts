import { describe, expect, it } from 'vitest';
import { parseMoney } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { aCharge } from '../../tests/billing/charges.ts';
import { aDiscount, fixedPrice, percentage } from '../../tests/billing/discounts.ts';
import { basisOf, indexDiscounts } from './basis.ts';
import type { CommercialDiscount, DiscountItem } from './discount.ts';

const special = (item: DiscountItem): DiscountItem => ({ ...item, settlementClass: 'special' });
const index = (...discounts: CommercialDiscount[]) => indexDiscounts(discounts, 1);
const metered = aCharge({ usage: '10', pricingUnit: 'Mbps', productTypeCode: 'cdn' });

describe('FIN-30: one basis per line', () => {
  const partnerLevel = aDiscount({ items: [percentage('0.25')] });
  const customerLevel = aDiscount({ customerId: 'cus_1', items: [special(percentage('0.5'))] });

  it('FIN-30: the customer-level discount goes before the partner-level one', () => {
    expect(basisOf(aCharge(), index(partnerLevel, customerLevel))).toMatchObject({ from: { level: 'customer-level' } });
    expect(basisOf(aCharge({ customerId: 'cus_2' }), index(partnerLevel, customerLevel))).toMatchObject({
      from: { level: 'partner-level' },
    });
  });

  it('FIN-30: a product without discount has none, whatever was agreed', () => {
    const charge = aCharge({ settlementClass: 'no-discount' });
    expect(basisOf(charge, index(partnerLevel, customerLevel))).toEqual({ kind: 'no-discount' });
  });

  it('FIN-30: without any discount the basis is 0 percent', () => {
    expect(basisOf(aCharge(), index())).toEqual({ kind: 'no-discount' });
  });

  it('FIN-34: an adjustment has no discount', () => {
    expect(basisOf(aCharge({ billType: 'adjustment' }), index(partnerLevel))).toEqual({ kind: 'no-discount' });
  });

  it('FIN-30: a fixed unit price beats a percentage, a product item one for all products, in this order', () => {
    const all = percentage('0.1');
    const cdn = percentage('0.2', { productTypeCodes: ['cdn'] });
    const price = fixedPrice('2.40', 'Mbps');
    const cdnPrice = fixedPrice('2.30', 'Mbps', { productTypeCodes: ['cdn'] });
    const best = (...items: DiscountItem[]) => basisOf(metered, index(aDiscount({ items })));
    expect(best(all, cdn)).toMatchObject({ discount: parseMoney('0.2') });
    expect(best(cdn, price)).toMatchObject({ unitPrice: parseMoney('2.40') });
    expect(best(cdnPrice, price, cdn, all)).toMatchObject({ unitPrice: parseMoney('2.30') });
    expect(best(all, cdn, price, cdnPrice)).toMatchObject({ unitPrice: parseMoney('2.30') });
  });

  it('FIN-30: a percentage of the customer goes before a fixed price of the partner', () => {
    const discounts = index(aDiscount({ items: [fixedPrice('2.40', 'Mbps')] }), customerLevel);
    expect(basisOf(metered, discounts)).toMatchObject({ kind: 'percentage', from: { level: 'customer-level' } });
  });

  it('FIN-25: a fixed unit price fits usage in its own unit only', () => {
    const discounts = index(aDiscount({ items: [fixedPrice('2.40', 'Mbps'), percentage('0.1')] }));
    expect(basisOf(metered, discounts).kind).toBe('fixed-unit-price');
    expect(basisOf({ ...metered, pricingUnit: 'GB' }, discounts).kind).toBe('percentage');
    expect(basisOf({ ...metered, usage: undefined }, discounts).kind).toBe('percentage');
    expect(basisOf({ ...metered, pricingUnit: undefined, usageUnit: 'Mbps' }, discounts).kind).toBe('fixed-unit-price');
  });

  it('FIN-31: partner-level items apply to their own class of product', () => {
    const discounts = index(
      aDiscount({ items: [percentage('0.25'), percentage('0.1', { settlementClass: 'promotional' })] }),
    );
    expect(basisOf(aCharge({ settlementClass: 'promotional' }), discounts)).toMatchObject({
      discount: parseMoney('0.1'),
    });
    expect(basisOf(aCharge(), discounts)).toMatchObject({ discount: parseMoney('0.25') });
  });
});

describe('FIN-32: the discount at the transaction time', () => {
  const june = aDiscount({ to: '2024-06-30T23:59:59+08:00', items: [percentage('0.25')] });
  const july = aDiscount({ from: '2024-07-01T00:00:00+08:00', items: [percentage('0.3')] });

  it.each([
    ['2024-06-30T23:59:59.999+08:00', '0.25'],
    ['2024-07-01T00:00:00+08:00', '0.3'],
  ])('FIN-32: a charge of %s gets %s, also when the other is in force at the run', (at, discount) => {
    expect(basisOf(aCharge({ at }), index(june, july))).toMatchObject({ discount: parseMoney(discount) });
  });

  it('FIN-10: consumption that ends at 00:00 on the 1st gets the discount of the old month (spec note 17)', () => {
    const charge = aCharge({ at: '2024-07-01T00:00:00+08:00', consumptionMonth: '2024-06' as BillingMonth });
    expect(basisOf(charge, index(june, july))).toMatchObject({ discount: parseMoney('0.25') });
  });

  it('FIN-131: a discount that came into the book after the lines were frozen does not count', () => {
    expect(basisOf(aCharge(), indexDiscounts([aDiscount({ sinceVersion: 2 })], 1))).toEqual({ kind: 'no-discount' });
  });
});
