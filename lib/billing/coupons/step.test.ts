import { describe, expect, it } from 'vitest';
import { exactText, parseMoney } from '#lib/shared/money.ts';
import { instant } from '#lib/shared/time.ts';
import { aCharge } from '../../../tests/billing/charges.ts';
import { aCoupon } from '../../../tests/coupons/a-coupon.ts';
import { type Candidate, sameBillRefund, spentCandidate } from './candidate.ts';
import type { OpenLine } from './pass-store.ts';
import { coverStep, hasMoved, type StepFacts } from './step.ts';

const NOW = instant('2024-08-05T02:00:00+08:00');
const facts = (fact: Partial<StepFacts> = {}): StepFacts => ({ coupons: [], earlier: new Map(), now: NOW, ...fact });
const spent = (settlement: string, wish: Parameters<typeof aCharge>[0] = {}) =>
  spentCandidate(aCharge(wish), parseMoney(settlement), 1);
const amounts = (uses: OpenLine['uses'] = []) =>
  uses.map(({ couponId, amount }) => `${couponId} ${exactText(amount, 0)}`);
const ones = (count: number) =>
  Array.from({ length: count }, (_, i) => aCoupon({ couponId: `K${String(i).padStart(2, '0')}`, face: '1' }));

describe('one commit of the coupons of a bill', () => {
  it('FIN-51: takes all its lines when the coupons are few', () => {
    const step = coverStep([spent('3'), spent('0.5')], facts({ coupons: [aCoupon({ couponId: 'K', face: '3.25' })] }));
    expect(step).toMatchObject({ done: 2, couponsUsed: parseMoney('3.25') });
    expect(step.open).toBeUndefined();
    expect(step.allocations.map(({ uses }) => amounts(uses))).toEqual([['K 3'], ['K 0.25']]);
  });

  it('FIN-166: without anything to move there is nothing to commit', () => {
    const step = coverStep([spent('3')], facts({ coupons: [aCoupon({ customerId: 'other' })] }));
    expect(hasMoved(step)).toBe(false);
    expect(step.done).toBe(1);
  });

  it('FIN-55: stops in the middle of a line that needs more coupons than fit, and goes on there', () => {
    const lines = [spent('1'), spent('3'), spent('1')];
    const coupons = ones(6);
    const first = coverStep(lines, facts({ coupons }), 2);
    expect(first).toMatchObject({ done: 1, couponsUsed: parseMoney('1') });
    expect(amounts(first.open?.uses)).toEqual(['K01 1']);
    const rest = coupons.map((coupon) => first.covering.moves.get(coupon.couponId)?.after ?? coupon);
    const second = coverStep(lines.slice(1), facts({ coupons: rest, open: first.open }));
    expect(second).toMatchObject({ done: 2, couponsUsed: parseMoney('4') });
    expect(second.open).toBeUndefined();
    expect(second.allocations.map(({ uses }) => amounts(uses))).toEqual([['K01 1', 'K02 1', 'K03 1'], ['K04 1']]);
  });

  it('FIN-166: a transaction holds what it moves: at most twelve coupons, seven writes each', () => {
    const step = coverStep([spent('100')], facts({ coupons: ones(50) }));
    expect(step.open?.uses).toHaveLength(12);
    expect(step.covering.moves.size).toBe(12);
  });

  it('FIN-166: at most 1,500 uses', () => {
    const lines = Array.from({ length: 1_600 }, () => spent('0.01'));
    const step = coverStep(lines, facts({ coupons: [aCoupon()] }));
    expect([step.done, step.allocations.length]).toEqual([1_500, 1_500]);
  });
});

describe('a refund of a line on the same bill', () => {
  const order = aCharge({ listPrice: '10', at: '2024-07-10T00:00:00+08:00' });
  const refund = aCharge({
    billType: 'refund',
    listPrice: '-4',
    restoresCoupons: true,
    at: '2024-07-11T00:00:00+08:00',
  });
  const original = { charge: order, settlement: { basis: { kind: 'no-discount' }, amount: parseMoney('10') } } as const;
  const back = sameBillRefund(refund, original, 1);
  const place = (back as Candidate & { original: { place: string } }).original.place;
  const uses = [{ couponId: 'K', kind: 'cash', amount: parseMoney('5') }] as const;

  it('FIN-63: takes back its part of what the line took in this step', () => {
    const lines = [spentCandidate(order, parseMoney('10'), 1), back];
    const step = coverStep(lines, facts({ coupons: [aCoupon({ couponId: 'K', face: '5' })] }));
    expect(step.allocations.map((each) => amounts(each.uses))).toEqual([['K 5'], ['K -2']]);
    expect(step.couponsUsed).toBe(parseMoney('3'));
  });

  it('FIN-63: or in an earlier one', () => {
    const coupons = [aCoupon({ couponId: 'K', face: '5', balance: '0' })];
    const step = coverStep([back], facts({ coupons, earlier: new Map([[place, uses]]) }));
    expect(step.allocations.map((each) => amounts(each.uses))).toEqual([['K -2']]);
    expect(step.covering.moves.get('K')?.restored).toBe(parseMoney('2'));
  });

  it('FIN-63: and nothing of a line that took nothing', () => {
    expect(hasMoved(coverStep([back], facts({ coupons: [aCoupon()] })))).toBe(false);
  });
});
