import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExpenditureRecord } from '#lib/expenditures/index.ts';
import { exactText, fixedText, type Money, parseMoney, sum } from '#lib/shared/money.ts';
import { aCharge, type ChargeWish } from '../../tests/billing/charges.ts';
import { aDiscount, fixedPrice, percentage } from '../../tests/billing/discounts.ts';
import { indexDiscounts } from './basis.ts';
import type { Regime } from './cycle.ts';
import type { CommercialDiscount } from './discount.ts';
import { type Original, settle, settlementDiscountText, settlementTypeOf, settleOriginal } from './settlement.ts';

interface Given {
  readonly discounts?: readonly CommercialDiscount[];
  readonly regime?: Regime;
  readonly originals?: readonly Original[];
}

const settled = (charge: ExpenditureRecord, { discounts = [], regime = 'exact-lines', originals = [] }: Given = {}) =>
  settle(charge, {
    discounts: indexDiscounts(discounts, 1),
    regime,
    originals: new Map(originals.map((each) => [each.charge.recordId, each])),
  });
const amount = (wish: ChargeWish, given?: Given): string => exactText(settled(aCharge(wish), given).amount, 0);

describe('percentage settlement', () => {
  it.each([
    ['72.576', '0.5', '36.288'],
    ['1000', '0.25', '750'],
    ['19.8415975', '0.1', '17.85743775'],
    ['-400', '0.25', '-300'],
    ['30.30', '0.25', '22.725'],
    ['100', '0', '100'],
    ['100', '1', '0'],
    ['0.00001605990', '0.25', '0.00001204'], // 0.000012044925
    ['0.000000005', '0', '0.00000001'],
    ['0.000000004999', '0', '0'],
    ['-0.000000005', '0', '-0.00000001'],
  ])('FIN-23, FIN-40: %s at %s gives %s', (listPrice, discount, expected) => {
    expect(amount({ listPrice }, { discounts: [aDiscount({ items: [percentage(discount)] })] })).toBe(expected);
  });

  it('FIN-21, FIN-22: without a discount the list price alone is owed, whatever the customer paid for it', () => {
    const payment = {
      discount: parseMoney('50'),
      cashPayments: parseMoney('50'),
      couponsUsed: 0n as Money,
      monthlySettlement: 0n as Money,
    };
    expect(amount({ listPrice: '100', payment })).toBe('100');
  });
});

describe('fixed-price settlement', () => {
  const agreed = { discounts: [aDiscount({ items: [fixedPrice('2.40', 'Mbps')] })] };
  const mbps = { pricingUnit: 'Mbps', listPrice: '180' };

  it('FIN-27: 4,320 points in September, 2.40 and 120 Mbps give 144.00', () => {
    expect(amount({ ...mbps, usage: '120', measuringPoints: 4320, at: '2024-09-30T23:00:00+08:00' }, agreed)).toBe(
      '144',
    );
  });

  it('FIN-24: 2.40 × 124 Mbps × 15 of 31 days gives 144.00', () => {
    expect(amount({ ...mbps, usage: '124', measuringPoints: 15 * 288 }, agreed)).toBe('144');
  });

  it('FIN-27: the ratio is an exact fraction, rounded once at the end', () => {
    // 1 day of 31: 2.40 / 31 = 0.0774193548…; by way of 3.23 % it would be 0.07752
    expect(amount({ ...mbps, usage: '1', measuringPoints: 288 }, agreed)).toBe('0.07741935');
  });

  it('FIN-26: the linear size multiplies, a missing size or ratio counts as 1', () => {
    expect(amount({ ...mbps, usage: '2' }, agreed)).toBe('4.8');
    expect(amount({ ...mbps, usage: '2', linearSize: '10.0' }, agreed)).toBe('48');
  });

  it('FIN-25: only chargeable usage counts, in pricing units', () => {
    const usage = {
      usage: '7200',
      packageUsage: '3600',
      reservedInstanceUsage: '3600',
      usageUnit: 'Second',
      conversionFactor: '3600',
    };
    const hourly = { discounts: [aDiscount({ items: [fixedPrice('0.15', 'Hour')] })] };
    expect(amount({ ...usage, pricingUnit: 'Hour' }, hourly)).toBe('0.3');
  });

  it('FIN-24: the list price plays no part', () => {
    expect(amount({ ...mbps, usage: '10', listPrice: '0' }, agreed)).toBe('24');
  });

  it('FIN-33: a refund without a known original is negative too', () => {
    expect(amount({ ...mbps, usage: '10', billType: 'refund', listPrice: '-10' }, agreed)).toBe('-24');
  });
});

describe('refunds', () => {
  const june = aDiscount({ to: '2024-06-30T23:59:59+08:00', items: [percentage('0.5')] });
  const july = aDiscount({ from: '2024-07-01T00:00:00+08:00', items: [percentage('0.25')] });
  const discounts = [june, july];
  const bought = aCharge({ at: '2024-06-10T09:00:00+08:00', billingMode: 'yearly-monthly', listPrice: '1000' });
  const original = settleOriginal(bought, indexDiscounts(discounts, 1));

  it("FIN-33: a refund takes back at the original line's discount, not today's", () => {
    const refund = aCharge({ billType: 'refund', listPrice: '-400', originalRecordId: bought.recordId });
    const settlement = settled(refund, { discounts, originals: [original] });
    expect(settlement).toMatchObject({ amount: parseMoney('-200'), originalRecordId: bought.recordId });
    expect(settlement.basis).toEqual(original.settlement.basis);
  });

  it('FIN-33: without the original, the discount at its own time counts', () => {
    expect(amount({ billType: 'refund', listPrice: '-400' }, { discounts })).toBe('-300');
    expect(amount({ billType: 'refund', listPrice: '-400', originalRecordId: 'unknown' }, { discounts })).toBe('-300');
  });

  it('FIN-33: a full refund takes back exactly the rounded settlement', () => {
    const small = settleOriginal(aCharge({ listPrice: '0.000000033' }), indexDiscounts([july], 1));
    const refund = aCharge({ billType: 'refund', listPrice: '-0.000000033', originalRecordId: small.charge.recordId });
    expect(small.settlement.amount).toBe(parseMoney('0.00000002'));
    expect(settled(refund, { originals: [small] }).amount).toBe(parseMoney('-0.00000002'));
  });

  it('FIN-33: a refund of a fixed-price line takes back its fraction', () => {
    const price = aDiscount({ items: [fixedPrice('2.40', 'Mbps')] });
    const line = settleOriginal(
      aCharge({ usage: '10', pricingUnit: 'Mbps', listPrice: '30' }),
      indexDiscounts([price], 1),
    );
    const refund = aCharge({ billType: 'refund', listPrice: '-10', originalRecordId: line.charge.recordId });
    expect(settled(refund, { originals: [line] }).amount).toBe(parseMoney('-8'));
  });

  it('FIN-33: an original without a list price has no fraction to take back', () => {
    const free = settleOriginal(aCharge({ listPrice: '0' }), indexDiscounts([], 1));
    const refund = aCharge({ billType: 'refund', listPrice: '-1', originalRecordId: free.charge.recordId });
    expect(settled(refund, { originals: [free] }).amount).toBe(parseMoney('-1'));
  });
});

it('FIN-34: an adjustment is settled as posted', () => {
  const discounts = [aDiscount()];
  expect(amount({ billType: 'adjustment', listPrice: '-12.50' }, { discounts })).toBe('-12.5');
});

describe('regimes of older cycles', () => {
  const total = (regime: Regime, amounts: readonly string[], wish: ChargeWish = {}) =>
    fixedText(sum(amounts.map((listPrice) => settled(aCharge({ listPrice, ...wish }), { regime }).amount)), 2);

  it.each([
    ['cut-lines', ['0.129', '0.129', '0.129'], '0.36'],
    ['round-lines', ['0.129', '0.129', '0.129'], '0.39'],
    ['exact-lines', ['0.129', '0.129', '0.129'], '0.39'],
    ['cut-lines', ['0.125', '0.125', '0.125', '0.125'], '0.48'],
    ['round-lines', ['0.125', '0.125', '0.125', '0.125'], '0.52'],
    ['exact-lines', ['0.125', '0.125', '0.125', '0.125'], '0.50'],
  ] as const)('FIN-43: %s: lines %j add up to %s', (regime, amounts, expected) => {
    expect(total(regime, amounts)).toBe(expected);
  });

  it('FIN-43: an amount is cut from its exact value, not from a rounded one', () => {
    expect(amount({ listPrice: '0.129999999999' }, { regime: 'cut-lines' })).toBe('0.12');
  });

  it('FIN-43: only pay-per-use lines have the old regimes, and no adjustment', () => {
    expect(amount({ listPrice: '0.129', billingMode: 'yearly-monthly' }, { regime: 'cut-lines' })).toBe('0.129');
    expect(amount({ listPrice: '0.129', billType: 'adjustment' }, { regime: 'cut-lines' })).toBe('0.129');
    expect(amount({ listPrice: '0.129', spotInstance: true }, { regime: 'round-lines' })).toBe('0.13');
  });
});

describe('what the columns say', () => {
  const ofCustomer = aDiscount({ customerId: 'cus_1', items: [percentage('0.5', { settlementClass: 'special' })] });

  it('FIN-31: special when the customer has a discount of its own, else the class of the product', () => {
    const type = (wish: ChargeWish, ...discounts: CommercialDiscount[]) => {
      const charge = aCharge(wish);
      return settlementTypeOf(charge, settled(charge, { discounts }).basis);
    };
    expect(type({}, ofCustomer)).toBe('Special discount request');
    expect(type({}, aDiscount())).toBe('Common product');
    expect(type({})).toBe('Common product');
    expect(type({ settlementClass: 'promotional' })).toBe('Promotional product');
    expect(type({ settlementClass: 'no-discount' }, ofCustomer)).toBe('No discount');
  });

  it('FIN-34: the settlement type of an adjustment is No discount', () => {
    const charge = aCharge({ billType: 'adjustment' });
    expect(settlementTypeOf(charge, settled(charge).basis)).toBe('No discount');
  });

  it('FIN-31: the discount is shown as a percentage or as the agreed price', () => {
    const text = (wish: ChargeWish, ...discounts: CommercialDiscount[]) =>
      settlementDiscountText(settled(aCharge(wish), { discounts }).basis);
    expect(text({}, aDiscount())).toBe('25%');
    expect(text({}, aDiscount({ items: [percentage('0.125')] }))).toBe('12.5%');
    expect(text({})).toBe('0%');
    expect(text({ usage: '1', pricingUnit: 'GB' }, aDiscount({ items: [fixedPrice('2.4', 'GB')] }))).toBe('2.40');
  });
});

it('FIN-40: a settlement has at most 8 decimals and lies within half a unit of the exact product', () => {
  const amounts = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
  fc.assert(
    fc.property(amounts, fc.bigInt({ min: 0n, max: 10n ** 12n }), (listPrice, discount) => {
      const charge = { ...aCharge(), listPrice: listPrice as Money };
      const item = { ...percentage('0'), discount: discount as Money };
      const result = settled(charge, { discounts: [aDiscount({ items: [item] })] }).amount;
      const exact = listPrice * (10n ** 12n - discount);
      const off = result * 10n ** 12n - exact;
      expect(result % 10_000n).toBe(0n);
      expect((off < 0n ? -off : off) * 2n).toBeLessThanOrEqual(10_000n * 10n ** 12n);
    }),
  );
});
