import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactText, parseMoney, ZERO } from '#lib/shared/money.ts';
import { aCharge, type ChargeWish } from '../../../tests/billing/charges.ts';
import { amountsOf } from '../line.ts';
import { startBreakdown } from './breakdown.ts';
import { sourcesOf, totalOf } from './header.ts';
import { pack, unpack } from './packed.ts';
import { inRegion, toTree } from './tree.ts';

/** A line without discount: settled at its list price, unless the charge is an adjustment or refund of its own. */
function line(wish: ChargeWish) {
  const charge = aCharge({ settlementClass: 'no-discount', ...wish });
  const amount = charge.listPrice;
  const settlement = { basis: { kind: 'no-discount' }, amount } as const;
  return { charge, settlement, amounts: amountsOf(amount, [{ code: 'VAT', rate: parseMoney('0.07') }]) };
}

function broken(...wishes: ChargeWish[]) {
  const breakdown = startBreakdown();
  for (const wish of wishes) breakdown.add(line(wish));
  return breakdown.result();
}

const settlementOf = ({ figures }: { figures: { settlement: bigint } }) => exactText(figures.settlement as never, 2);
const refund = { billType: 'refund', region: 'CN North' } as const;
const ri = { billingMode: 'reserved-instance-upfront' } as const;
const ym = { billingMode: 'yearly-monthly' } as const;

describe('by product', () => {
  const checkValue = broken(
    { ...ri, region: 'CN North', listPrice: '187728' },
    { ...ym, region: 'CN North', listPrice: '75868.9' },
    { ...refund, ...ym, listPrice: '-8702.62' },
    { ...refund, ...ri, listPrice: '-61797.12' },
  );

  it('FIN-148: 193,097.16 = 263,596.90 (187,728.00 + 75,868.90) + others −70,499.74 (−8,702.62, −61,797.12)', () => {
    const [product] = toTree(checkValue.groups);
    expect(product && settlementOf(product)).toBe('193097.16');
    const [region, others] = product?.blocks ?? [];
    expect([region?.block, region && settlementOf(region)]).toEqual(['region', '263596.90']);
    expect([others?.block, others && settlementOf(others)]).toEqual(['others', '-70499.74']);
    const modes = product?.blocks.map(({ resourceTypes }) => resourceTypes[0]?.billingModes.map(settlementOf));
    expect(modes).toEqual([
      ['187728.00', '75868.90'],
      ['-8702.62', '-61797.12'],
    ]);
  });

  it('FIN-147, FIN-175: refunds and adjustments are in `others`, region-less expenditure is a block of its own', () => {
    const { groups } = broken(
      { region: 'CN North', regionCode: 'cn-north-1', listPrice: '3' },
      { listPrice: '2' },
      { ...refund, listPrice: '-1' },
      { billType: 'adjustment', listPrice: '0.5' },
    );
    const [product] = toTree(groups);
    expect(product?.blocks.map((each) => [each.block, each.region, settlementOf(each)])).toEqual([
      ['region', 'CN North', '3.00'],
      ['region-less', undefined, '2.00'],
      ['others', undefined, '-0.50'],
    ]);
    const inOthers = product?.blocks[2]?.resourceTypes[0]?.billingModes;
    expect(inOthers?.map((each) => [each.billType, settlementOf(each)])).toEqual([
      ['adjustment', '0.50'],
      ['refund', '-1.00'],
    ]);
    expect(toTree(inRegion(groups, 'cn-north-1')).map(settlementOf)).toEqual(['3.00']);
  });

  it('FIN-149: marketplace products stand for themselves, with their provider; platform products by their type', () => {
    const market = { source: 'marketplace', serviceProvider: 'Acme' } as const;
    const { groups } = broken(
      { listPrice: '1', productName: 'a' },
      { listPrice: '2', productName: 'b' },
      { ...market, listPrice: '4', productName: 'Scanner' },
      { ...market, listPrice: '8', productName: 'Firewall' },
    );
    const shown = toTree(groups).map((each) => [
      each.source,
      each.productName,
      each.serviceProvider,
      settlementOf(each),
    ]);
    expect(shown).toEqual([
      ['marketplace', 'Firewall', 'Acme', '8.00'],
      ['marketplace', 'Scanner', 'Acme', '4.00'],
      ['platform', undefined, undefined, '3.00'],
    ]);
    const { platform, marketplace } = sourcesOf(groups);
    expect([
      settlementOf({ figures: platform.expenditure }),
      settlementOf({ figures: marketplace.expenditure }),
    ]).toEqual(['3.00', '12.00']);
  });

  it('FIN-41, FIN-145 (example 1): sums stay exact: 8,083.8494925 − 853.8495 − 37.9425 = 7,192.0574925', () => {
    const { groups } = broken(
      { listPrice: '8083.8494925' },
      { ...refund, listPrice: '-853.8495' },
      { billType: 'adjustment', listPrice: '-37.9425' },
    );
    expect(exactText(totalOf(sourcesOf(groups)).settlement)).toBe('7192.0574925');
    expect(toTree(groups).map(({ figures }) => exactText(figures.settlement))).toEqual(['7192.0574925']);
  });
});

const wish = fc.record({
  customerId: fc.constantFrom('cus_1', 'cus_2', 'cus_3'),
  billType: fc.constantFrom('expenditure' as const, 'refund' as const, 'adjustment' as const),
  source: fc.constantFrom('platform' as const, 'marketplace' as const),
  productTypeCode: fc.constantFrom('ecs', 'evs', 'vpc'),
  region: fc.option(fc.constantFrom('CN North', 'AP Singapore'), { nil: undefined }),
  resourceType: fc.option(fc.constantFrom('vm', 'disk'), { nil: undefined }),
  billingMode: fc.constantFrom('pay-per-use' as const, 'yearly-monthly' as const),
  listPrice: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }).map((units) => exactText(units as never)),
});

it('FIN-145, FIN-150: whatever the lines, their order and their slices: products = customers = all lines, on every level', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(wish, { maxLength: 40 }), fc.nat({ max: 40 }), async (wishes, cut) => {
      const whole = broken(...wishes);
      const joined = startBreakdown();
      for (const part of [broken(...wishes.slice(cut)), broken(...wishes.slice(0, cut))]) {
        for (const packed of await pack(part)) joined.join(await unpack(packed));
      }
      const total = totalOf(sourcesOf(whole.groups));
      expect(totalOf(sourcesOf(joined.result().groups))).toEqual(total);
      expect(total.settlement).toBe(wishes.reduce((sum, { listPrice }) => sum + parseMoney(listPrice), 0n));
      expect(total.due).toBe(total.taxExclusiveDue + total.tax);
      const byCustomer = joined.result().customers.reduce((sum, { figures }) => sum + figures.due, 0n);
      expect(byCustomer).toBe(total.due);
      const tree = toTree(joined.result().groups);
      const leaves = tree.flatMap(({ blocks }) => blocks).flatMap(({ resourceTypes }) => resourceTypes);
      const inLeaves = leaves
        .flatMap(({ billingModes }) => billingModes)
        .reduce((sum, { figures }) => sum + figures.due, 0n);
      expect(inLeaves).toBe(total.due);
      expect(tree.reduce((sum, { figures }) => sum + figures.due, 0n)).toBe(total.due);
    }),
    { numRuns: 60 },
  );
});

it('FIN-16: nothing comes to nothing', async () => {
  expect(await pack(broken())).toEqual([]);
  expect(totalOf(sourcesOf([])).due).toBe(ZERO);
});
