import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Coupon, inSequence } from '#lib/coupons/index.ts';
import type { ExpenditureRecord } from '#lib/expenditures/index.ts';
import { add, type Money, parseMoney, roundHalfUp, subtract, sum, ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, type Instant, instant } from '#lib/shared/time.ts';
import { aCharge } from '../../../tests/billing/charges.ts';
import { aDiscount, percentage } from '../../../tests/billing/discounts.ts';
import { aCoupon } from '../../../tests/coupons/a-coupon.ts';
import { indexDiscounts } from '../basis.ts';
import { issueBill } from '../bill.ts';
import { type BillLine, toLine } from '../line.ts';
import { settle, settleOriginal } from '../settlement.ts';
import { addLine, addUses, startTotals } from '../totals.ts';
import type { Allocation } from './allocation.ts';
import { type Candidate, sameBillRefund, spentCandidate } from './candidate.ts';
import type { OpenLine } from './pass-store.ts';
import { coverStep } from './step.ts';

/** Random months through all pure steps of a bill: settlement, coupons, tax, totals, header. */
const CYCLE = '2024-07' as BillingMonth;
const NOW = instant('2024-08-05T02:00:00+08:00');
const GST = ['CGST', 'SGST'].map((code) => ({ code, rate: parseMoney('0.09') }));
const names = { accountName: 'a', partnerName: 'p', partnerAccountName: 'pa' };
const discounts = indexDiscounts([aDiscount({ items: [percentage('0.25')] })], 1);

const amount = (most: bigint) => fc.bigInt({ min: 1n, max: most }).map((units) => (units * 10n) as Money);
const aDay = fc
  .integer({ min: 1, max: 31 })
  .map((day) => instant(`2024-07-${String(day).padStart(2, '0')}T12:00:00+08:00`));
const spending = fc.record({
  time: aDay,
  list: amount(10n ** 13n),
  customerId: fc.constantFrom('C1', 'C2'),
  code: fc.constantFrom('ecs', 'vpc'),
  refund: fc.constantFrom('none', 'kept', 'restored'),
  adjustment: fc.constantFrom(ZERO, parseMoney('-0.3333333333'), parseMoney('12.5')),
});
const coupon = fc.record({
  face: amount(10n ** 13n),
  customerId: fc.constantFrom(undefined, 'C1'),
  kind: fc.constantFrom('cash', 'test'),
  multiUse: fc.boolean(),
  code: fc.constantFrom(undefined, 'vpc'),
  expiresAt: aDay,
});
type Of<T> = T extends fc.Arbitrary<infer Value> ? Value : never;

function chargesOf(wishes: readonly Of<typeof spending>[]): ExpenditureRecord[] {
  return wishes.flatMap(({ time, list, refund, adjustment, customerId, code }, i) => {
    const common = {
      customerId,
      productTypeCode: code,
      transactionTime: time,
      billingCycle: CYCLE,
      consumptionMonth: CYCLE,
    };
    const charge = { ...aCharge(), ...common, recordId: `rec-${i}`, listPrice: list };
    const later = { ...common, transactionTime: time.replace('T04', 'T05') as Instant };
    const third = -(list / 3n) as Money;
    const back = {
      billType: 'refund',
      recordId: `ref-${i}`,
      listPrice: third,
      originalRecordId: charge.recordId,
    } as const;
    const posted = { billType: 'adjustment', recordId: `adj-${i}`, listPrice: adjustment } as const;
    return [
      charge,
      ...(refund === 'none' ? [] : [{ ...charge, ...later, ...back, restoresCoupons: refund === 'restored' }]),
      ...(adjustment === ZERO ? [] : [{ ...charge, ...later, ...posted }]),
    ];
  });
}

const couponsOf = (wishes: readonly Of<typeof coupon>[]): Coupon[] =>
  wishes.map(({ face, code, ...wish }, i) => {
    const scope = code ? ({ mode: 'include', codes: [code] } as const) : ({ mode: 'exclude', codes: [] } as const);
    const given = { ...aCoupon({ couponId: `K${i}` }), ...wish, productScope: scope };
    const value = roundHalfUp(face, 8);
    return { ...given, faceValue: value, balance: value };
  });

/** The bill of a month, its coupons applied in steps of at most `mostCoupons`. */
function billOf(charges: readonly ExpenditureRecord[], start: readonly Coupon[], mostCoupons: number) {
  const originals = new Map(charges.map((charge) => [charge.recordId, settleOriginal(charge, discounts)]));
  const rules = { discounts, regime: 'exact-lines', originals } as const;
  const settled = charges.map((charge) => ({ charge, settlement: settle(charge, rules) }));
  const candidates = settled.flatMap(({ charge, settlement }): Candidate[] => {
    if (charge.billType === 'expenditure')
      return settlement.amount > 0n ? [spentCandidate(charge, settlement.amount, 1)] : [];
    const original = originals.get(settlement.originalRecordId ?? '');
    return original ? [sameBillRefund(charge, original, 1)] : [];
  });
  const { allocations, coupons, forfeited } = coverAll(inSequence(candidates), start, mostCoupons);
  const lines = settled.map(({ charge, settlement }) =>
    toLine(charge, names, settlement, GST, { couponUsages: allocations.get(charge.recordId)?.uses }),
  );
  const totals = startTotals();
  for (const line of lines) {
    addLine(totals, line.charge.billType, line.settlement.amount, line.amounts);
    addUses(totals, line.couponUsages);
  }
  const terms = {
    taxRuleId: 'tax',
    taxComponents: GST,
    discountVersion: 1,
    paymentCurrency: 'USD',
    partnerName: 'P',
    partnerAccountName: 'p',
  };
  const bill = issueBill({ partnerId: 'P', cycle: CYCLE, totals, terms, exchangeRate: parseMoney('1') }, NOW);
  return { bill, lines, coupons, forfeited };
}

function coverAll(candidates: readonly Candidate[], start: readonly Coupon[], mostCoupons: number) {
  const allocations = new Map<string, Allocation>();
  const earlier = new Map<string, Allocation['uses']>();
  let coupons = [...start];
  let rest = candidates;
  let open: OpenLine | undefined;
  let forfeited = ZERO;
  while (rest.length > 0) {
    const step = coverStep(rest, { coupons, open, earlier, now: NOW }, mostCoupons);
    for (const each of step.allocations) {
      allocations.set(each.recordId, each);
      earlier.set(each.place, each.uses);
    }
    coupons = coupons.map((each) => step.covering.moves.get(each.couponId)?.after ?? each);
    forfeited = add(forfeited, step.covering.forfeited);
    rest = rest.slice(step.done);
    open = step.open;
  }
  return { allocations, coupons, forfeited };
}

const total = (lines: readonly BillLine[], of: (line: BillLine) => Money): Money => sum(lines.map(of));

describe('any month', () => {
  const months = fc.tuple(
    fc.array(spending, { maxLength: 15 }).map(chargesOf),
    fc.array(coupon, { maxLength: 6 }).map(couponsOf),
    fc.integer({ min: 1, max: 4 }),
  );

  it('FIN-50: the sum of the lines is the header, and the header adds up', () => {
    fc.assert(
      fc.property(months, ([charges, coupons, step]) => {
        const { bill, lines } = billOf(charges, coupons, step);
        expect(total(lines, ({ amounts }) => amounts.due)).toBe(bill.billAmountExact);
        expect(total(lines, ({ amounts }) => amounts.couponsUsed)).toBe(bill.couponsUsed);
        expect(add(bill.couponsUsedCash, bill.couponsUsedTest)).toBe(bill.couponsUsed); // FIN-58
        const settlements = sum([bill.expenditures, bill.refunds, bill.adjustments]);
        expect(add(subtract(settlements, bill.couponsUsed), bill.tax)).toBe(bill.billAmountExact);
      }),
    );
  });

  it('FIN-36: tax is the sum of its components, on every line and in the header', () => {
    fc.assert(
      fc.property(months, ([charges, coupons, step]) => {
        const { bill, lines } = billOf(charges, coupons, step);
        expect(sum(Object.values(bill.taxByComponent))).toBe(bill.tax);
        for (const { amounts } of lines) expect(sum(Object.values(amounts.tax.byComponent))).toBe(amounts.tax.total);
      }),
    );
  });

  it('FIN-55, FIN-64: coupons stay between 0 and their face value; a line is covered at most by its settlement', () => {
    fc.assert(
      fc.property(months, ([charges, start, step]) => {
        const { lines, coupons } = billOf(charges, start, step);
        expect(coupons.filter(({ balance, faceValue }) => balance < 0n || balance > faceValue)).toEqual([]);
        for (const { charge, settlement, amounts } of lines) {
          const [least, most] = charge.billType === 'refund' ? [settlement.amount, ZERO] : [ZERO, settlement.amount];
          if (charge.billType === 'adjustment') expect(amounts.couponsUsed).toBe(ZERO);
          else expect(amounts.couponsUsed >= least && amounts.couponsUsed <= most).toBe(true);
        }
      }),
    );
  });

  it('FIN-51, FIN-166: neither the order of arrival nor the size of the steps changes a line', () => {
    fc.assert(
      fc.property(months, ([charges, coupons, step]) => {
        const there = billOf(charges, coupons, step);
        const back = billOf(charges.toReversed(), coupons.toReversed(), 100);
        expect(back.bill).toEqual(there.bill);
        expect(back.lines.toReversed()).toEqual(there.lines);
      }),
    );
  });

  it('FIN-57: what lines took is what coupons for several uses lost, less what refunds kept', () => {
    fc.assert(
      fc.property(months, ([charges, start, step]) => {
        const several = start.map((each) => ({ ...each, multiUse: true }));
        const { bill, coupons, forfeited } = billOf(charges, several, step);
        const lost = subtract(sum(several.map(({ balance }) => balance)), sum(coupons.map(({ balance }) => balance)));
        expect(bill.couponsUsed).toBe(subtract(lost, forfeited));
      }),
    );
  });
});
