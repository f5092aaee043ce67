import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactText, type Money, parseMoney, sum } from '#lib/shared/money.ts';
import { type Instant, instant } from '#lib/shared/time.ts';
import { aCoupon } from '../../tests/coupons/a-coupon.ts';
import type { Coupon } from './coupon.ts';
import { type CouponLine, type CouponUse, inSequence, startCovering, takenBack } from './covering.ts';

const NOW = instant('2024-08-05T02:00:00+08:00');
let made = 0;

function spent(settlement: string, wish: { at?: string; customerId?: string; product?: string } = {}): CouponLine {
  made += 1;
  const time = instant(wish.at ?? '2024-07-15T12:00:00+08:00');
  const recordId = `rec-${String(made).padStart(6, '0')}`;
  const { customerId = 'C1', product: productTypeCode = 'VPC' } = wish;
  const spending = { customerId, productTypeCode, billingMode: 'pay-per-use', marketplace: false, time } as const;
  return {
    recordId,
    customerId,
    transactionTime: time,
    place: `${time}#${recordId}`,
    spending,
    settlement: parseMoney(settlement),
  };
}

function back(uses: readonly CouponUse[], restores: boolean, at = '2024-07-20T12:00:00+08:00'): CouponLine {
  made += 1;
  const recordId = `rec-${String(made).padStart(6, '0')}`;
  const transactionTime = instant(at);
  return {
    recordId,
    customerId: 'C1',
    transactionTime,
    place: `${transactionTime}#${recordId}`,
    takesBack: uses,
    restores,
  };
}

const use = (couponId: string, amount: string, kind: Coupon['kind'] = 'cash'): CouponUse => ({
  couponId,
  kind,
  amount: parseMoney(amount),
});

/** What each line takes, and what is left of each coupon, as texts. */
function outcome(coupons: readonly Coupon[], ...lines: CouponLine[]) {
  const covering = startCovering(coupons, NOW);
  const taken = lines.map((line) =>
    Object.fromEntries(covering.cover(line).uses.map(({ couponId, amount }) => [couponId, exactText(amount, 0)])),
  );
  const after = coupons.map((coupon) => covering.moves.get(coupon.couponId)?.after ?? coupon);
  return { taken, left: after.map(({ balance }) => exactText(balance, 0)), after, covering };
}

describe('what a line takes', () => {
  it('FIN-55: the lesser of balance and what is uncovered, of several coupons, never more than the line', () => {
    const coupons = [aCoupon({ couponId: 'A', face: '3' }), aCoupon({ couponId: 'B', face: '4.00000001' })];
    const { taken, left } = outcome(coupons, spent('5'), spent('5'), spent('5'));
    expect(taken).toEqual([{ A: '3', B: '2' }, { B: '2.00000001' }, {}]);
    expect(left).toEqual(['0', '0']);
  });

  it('FIN-55: a coupon that is used up says since when; one with a rest does not', () => {
    const { after } = outcome([aCoupon({ face: '3' }), aCoupon({ face: '4' })], spent('5'));
    expect(after.map(({ usedUpAt }) => usedUpAt)).toEqual([NOW, undefined]);
  });

  it('FIN-52: nothing without a settlement', () => {
    expect(outcome([aCoupon()], spent('0'), spent('-5')).taken).toEqual([{}, {}]);
  });

  it('FIN-56: a coupon for one use serves one line, and its rest lapses', () => {
    const once = aCoupon({ couponId: 'A', multiUse: false });
    const { taken, left, after, covering } = outcome([once], spent('10'), spent('10'));
    expect(taken).toEqual([{ A: '10' }, {}]);
    expect(left).toEqual(['0']);
    expect(after[0]?.usedUpAt).toBe(NOW);
    expect(covering.moves.get('A')).toMatchObject({ used: parseMoney('10'), lapsed: parseMoney('90') });
  });

  it('FIN-54 (example 13): a customer-specific coupon pays, the general one that expires sooner is untouched', () => {
    const general = aCoupon({ couponId: 'G', to: '2024-08-01T23:59:59+08:00' });
    const specific = aCoupon({ couponId: 'S', customerId: 'C1', to: '2099-12-31T23:59:59+08:00' });
    const { taken, left } = outcome([general, specific], spent('10'));
    expect(taken).toEqual([{ S: '10' }]);
    expect(left).toEqual(['100', '90']);
  });

  it('FIN-51, FIN-54: the coupons of the worked example', () => {
    const vpcOnly = { productScope: { mode: 'include', codes: ['VPC'] } } as const;
    const coupons = [
      aCoupon({ couponId: 'K1', customerId: 'C1' }),
      aCoupon({ couponId: 'K2', kind: 'test', face: '50', ...vpcOnly, to: '2024-09-30T23:59:59+08:00' }),
      aCoupon({ couponId: 'K3', face: '25', billingModes: ['pay-per-use'], to: '2024-07-15T23:59:59+08:00' }),
    ];
    const vpc = (settlement: string, day: string) =>
      spent(settlement, { customerId: 'C2', at: `2024-07-${day}T10:00:00+08:00` });
    const evs = spent('750', { product: 'EVS', at: '2024-07-10T10:00:00+08:00' });
    const lines = [vpc('36.288', '03'), evs, vpc('12.48', '12'), vpc('46.08', '20')];
    const { taken, left } = outcome(coupons, ...lines);
    expect(taken).toEqual([{ K3: '25', K2: '11.288' }, { K1: '100' }, { K2: '12.48' }, { K2: '26.232' }]);
    expect(left).toEqual(['0', '0', '0']);
  });
});

describe('what a refund takes back', () => {
  const paidBy = [use('A', '20'), use('B', '10', 'test')];
  const coupons = () => [
    aCoupon({ couponId: 'A', balance: '0', usedUpAt: NOW }),
    aCoupon({ couponId: 'B', balance: '5' }),
  ];
  const whole = { numerator: 1n, denominator: 1n };

  it('FIN-61, FIN-63: without a case of FIN-62 only the money is returned, the coupons get nothing', () => {
    const { taken, left, covering } = outcome(coupons(), back(takenBack(paidBy, whole), false));
    expect(taken).toEqual([{ A: '-20', B: '-10' }]);
    expect(left).toEqual(['0', '5']);
    expect(covering.forfeited).toBe(parseMoney('30'));
  });

  it('FIN-64: of a line that two coupons paid, each gets back its own part', () => {
    const { taken, left, after, covering } = outcome(coupons(), back(takenBack(paidBy, whole), true));
    expect(taken).toEqual([{ A: '-20', B: '-10' }]);
    expect(left).toEqual(['20', '15']);
    expect(after[0]?.usedUpAt).toBeUndefined();
    expect(covering.forfeited).toBe(0n);
  });

  it('FIN-64: not more than its face value, which an assignment may have lowered', () => {
    const shrunk = [aCoupon({ couponId: 'A', face: '30', balance: '25' }), aCoupon({ couponId: 'B' })];
    const { taken, left, covering } = outcome(shrunk, back(takenBack(paidBy, whole), true));
    expect(taken).toEqual([{ A: '-20', B: '-10' }]);
    expect(left).toEqual(['30', '100']);
    expect(covering.forfeited).toBe(parseMoney('25'));
  });

  it('FIN-63: in proportion, and the parts are the rounded whole', () => {
    const thirds = takenBack([use('A', '0.00000001'), use('B', '0.00000001'), use('C', '0.00000001')], {
      numerator: 1n,
      denominator: 3n,
    });
    expect(exactText(sum(thirds.map(({ amount }) => amount)), 0)).toBe('-0.00000001');
  });

  it('FIN-185: a later line may use what was restored, an earlier one may not', () => {
    const lines = inSequence([
      spent('10', { at: '2024-07-21T00:00:00+08:00' }),
      back([use('A', '-20')], true),
      spent('10', { at: '2024-07-19T00:00:00+08:00' }),
    ]);
    expect(outcome([aCoupon({ couponId: 'A', balance: '0' })], ...lines).taken).toEqual([
      {},
      { A: '-20' },
      { A: '10' },
    ]);
  });

  it('FIN-64: an expired coupon gets its balance back and pays for nothing after its end', () => {
    const expired = aCoupon({ couponId: 'A', balance: '0', to: '2024-07-15T23:59:59+08:00' });
    const later = spent('10', { at: '2024-07-21T00:00:00+08:00' });
    const { taken, left } = outcome([expired], back([use('A', '-20')], true), later);
    expect(taken).toEqual([{ A: '-20' }, {}]);
    expect(left).toEqual(['20']);
  });
});

/** Random months: lines of three customers and two products, coupons of all sorts, refunds of lines before them. */
const eighths = (most: number) =>
  fc.bigInt({ min: 0n, max: BigInt(most) * 10n ** 8n }).map((n) => (n * 10_000n) as Money);
const aTime = fc.integer({ min: 0, max: 31 * 24 - 1 }).map((hour) => {
  const [day, at] = [Math.floor(hour / 24) + 1, hour % 24];
  return instant(`2024-07-${String(day).padStart(2, '0')}T${String(at).padStart(2, '0')}:00:00+08:00`);
});
const someCoupons = fc.array(
  fc.record({
    face: eighths(60),
    used: eighths(60),
    to: aTime,
    kind: fc.constantFrom('cash', 'test'),
    customerId: fc.constantFrom(undefined, 'C1', 'C2'),
    code: fc.constantFrom(undefined, 'VPC'),
    multiUse: fc.boolean(),
  }),
  { maxLength: 8 },
);
const someLines = fc.array(
  fc.record({
    time: aTime,
    customerId: fc.constantFrom('C1', 'C2', 'C3'),
    productTypeCode: fc.constantFrom('VPC', 'EVS'),
    settlement: eighths(40),
    refunded: fc.constantFrom(undefined, 1n, 2n, 3n),
    restores: fc.boolean(),
  }),
  { maxLength: 30 },
);

function toCoupons(wishes: typeof someCoupons extends fc.Arbitrary<infer Of> ? Of : never): Coupon[] {
  return wishes.map(({ face, used, to, code, ...wish }, i) => ({
    ...aCoupon({ couponId: `K${i}`, ...wish }),
    faceValue: face,
    balance: used < face ? ((face - used) as Money) : face,
    expiresAt: to,
    productScope: code ? { mode: 'include', codes: [code] } : { mode: 'exclude', codes: [] },
  }));
}

interface Month {
  readonly lines: readonly {
    readonly line: CouponLine;
    readonly of?: string;
    readonly part?: bigint;
    readonly restores?: boolean;
  }[];
}

/** A refund of 1/n comes a second later in the sequence than what it takes back. */
function toMonth(wishes: typeof someLines extends fc.Arbitrary<infer Of> ? Of : never): Month {
  const lines = wishes.flatMap(({ time, settlement, refunded, restores, ...what }, i) => {
    const recordId = `rec-${String(i).padStart(3, '0')}`;
    const spending = { ...what, billingMode: 'pay-per-use', marketplace: false, time } as const;
    const line = {
      recordId,
      customerId: what.customerId,
      transactionTime: time,
      place: `${time}#${recordId}`,
      spending,
      settlement,
    };
    if (refunded === undefined) return [{ line }];
    const later = time.replace(':00.000Z', ':01.000Z') as Instant;
    const refund = {
      recordId: `ref-${recordId}`,
      customerId: what.customerId,
      transactionTime: later,
      place: `${later}#ref-${recordId}`,
      takesBack: [],
      restores,
    };
    return [{ line }, { line: refund, of: recordId, part: refunded, restores }];
  });
  return { lines };
}

/** Runs a month in steps that move at most `mostCoupons` coupons each. */
function run(start: readonly Coupon[], month: Month, mostCoupons?: number) {
  let coupons = [...start];
  const uses = new Map<string, CouponUse[]>();
  let forfeited = 0n;
  let covering = startCovering(coupons, NOW, mostCoupons);
  const nextStep = () => {
    forfeited += covering.forfeited;
    coupons = coupons.map((coupon) => covering.moves.get(coupon.couponId)?.after ?? coupon);
    covering = startCovering(coupons, NOW, mostCoupons);
  };
  const ordered = inSequence(month.lines.map((each) => ({ ...each, ...each.line })));
  for (const { line, of, part } of ordered) {
    const whole = of === undefined ? [] : takenBack(uses.get(of) ?? [], { numerator: 1n, denominator: part ?? 1n });
    const resolved = 'takesBack' in line ? { ...line, takesBack: whole } : line;
    const done: CouponUse[] = [];
    for (;;) {
      const covered = covering.cover(resolved, done);
      done.push(...covered.uses);
      if (covered.complete) break;
      nextStep();
    }
    uses.set(line.recordId, done);
  }
  nextStep();
  return { coupons, uses, forfeited };
}

const total = (uses: Iterable<readonly CouponUse[]>): bigint =>
  [...uses].flat().reduce((all, { amount }) => all + amount, 0n);

describe('any month', () => {
  const months = fc.tuple(someCoupons.map(toCoupons), someLines.map(toMonth));

  it('FIN-55, FIN-64: no coupon is below 0 or above its face value, no line below 0 or above its settlement', () => {
    fc.assert(
      fc.property(months, ([coupons, month]) => {
        const after = run(coupons, month);
        expect(after.coupons.every(({ balance, faceValue }) => balance >= 0n && balance <= faceValue)).toBe(true);
        for (const { line } of month.lines) {
          if (!('spending' in line)) continue;
          const taken = total([after.uses.get(line.recordId) ?? []]);
          expect(taken >= 0n && taken <= line.settlement).toBe(true);
        }
      }),
    );
  });

  it('FIN-55: what lines took is what coupons lost, with what lapsed and what was not given back', () => {
    fc.assert(
      fc.property(months, ([coupons, month]) => {
        const multi = coupons.map((coupon) => ({ ...coupon, multiUse: true }));
        const after = run(multi, month);
        const lost = multi.reduce((all, { balance }, i) => all + balance - (after.coupons[i]?.balance ?? 0n), 0n);
        expect(total(after.uses.values())).toBe(lost - after.forfeited);
      }),
    );
  });

  it('FIN-51: the order in which lines arrive and coupons are read does not matter', () => {
    fc.assert(
      fc.property(months, ([coupons, month]) => {
        const there = run(coupons, month);
        const back = run(coupons.toReversed(), { lines: month.lines.toReversed() });
        expect(back.uses).toEqual(there.uses);
        expect(back.coupons.toReversed()).toEqual(there.coupons);
      }),
    );
  });

  it('FIN-166: cut into steps of any size, even in the middle of a line, it comes out the same', () => {
    fc.assert(
      fc.property(months, fc.integer({ min: 1, max: 3 }), ([coupons, month], mostCoupons) => {
        expect(run(coupons, month, mostCoupons)).toEqual(run(coupons, month));
      }),
    );
  });

  it('FIN-54: no line leaves a fitting coupon with a balance while it is uncovered', () => {
    fc.assert(
      fc.property(months, ([coupons, { lines }]) => {
        const spentOnly = { lines: lines.filter(({ line }) => 'spending' in line) };
        const after = run(coupons, spentOnly);
        const left = after.coupons.filter(({ balance }) => balance > 0n);
        for (const { line } of spentOnly.lines) {
          if (!('spending' in line) || total([after.uses.get(line.recordId) ?? []]) === line.settlement) continue;
          const { spending } = line;
          const wouldServe = left.filter(
            ({ customerId, productScope, expiresAt }) =>
              (customerId === undefined || customerId === spending.customerId) &&
              (productScope.mode === 'exclude' || spending.productTypeCode === 'VPC') &&
              spending.time <= expiresAt,
          );
          expect(wouldServe).toEqual([]);
        }
      }),
    );
  });
});
