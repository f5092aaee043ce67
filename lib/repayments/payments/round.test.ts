import { describe, expect, it } from 'vitest';
import { parseMoney, ZERO } from '#lib/shared/money.ts';
import { instant } from '#lib/shared/time.ts';
import type { Repayment } from '../repayment.ts';
import { SEED_LIMITS } from './limits.ts';
import { nextStep, type Round, withOutcome } from './round.ts';

const m = parseMoney;
const limit = SEED_LIMITS.find(({ currency }) => currency === 'USD');
const at = instant('2024-08-05T02:00:00+08:00');
const round = (more: Partial<Round> = {}): Round => ({
  roundId: 'rnd_1',
  partnerId: 'par_1',
  cause: 'bill',
  billId: 'bill_1',
  currency: 'USD',
  target: m('45000'),
  charged: ZERO,
  refused: [],
  attempts: 0,
  state: 'open',
  startedAt: at,
  version: 1,
  ...more,
});
const outcome = (status: Repayment['status'], cardId: string, amount: string): Repayment => ({
  repaymentId: 'rep_1',
  partnerId: 'par_1',
  method: 'online-card',
  currency: 'USD',
  amount: m(amount),
  allocations: [],
  status,
  createdAt: at,
  charge: { cardId, roundId: 'rnd_1' },
  version: 2,
});

describe('a round of charges', () => {
  it('FIN-90: charges what the bill still lacks, at most the limit at a time, until nothing is left', () => {
    const facts = { limit, cardIds: ['A'] };
    expect(nextStep(round(), { ...facts, owed: m('45000') })).toEqual({
      kind: 'charge',
      cardId: 'A',
      amount: m('20000'),
    });
    expect(nextStep(round(), { ...facts, owed: m('5000') })).toEqual({
      kind: 'charge',
      cardId: 'A',
      amount: m('5000'),
    });
    expect(nextStep(round(), { ...facts, owed: ZERO })).toEqual({ kind: 'done' });
  });

  it('FIN-89: a card that refused is not asked again in this round; the next one is', () => {
    const after = withOutcome(round({ repaymentId: 'rep_1' }), outcome('failed', 'A', '20000'));
    expect(after).toEqual(round({ refused: ['A'] }));
    expect(nextStep(after, { limit, cardIds: ['A', 'B'], owed: m('5') })).toMatchObject({ cardId: 'B' });
  });

  it('FIN-91: when no card is left, or none can be charged, the round has failed', () => {
    const refused = round({ refused: ['A', 'B'] });
    expect(nextStep(refused, { limit, cardIds: ['A', 'B'], owed: m('5') })).toEqual({ kind: 'failed', rest: m('5') });
    expect(nextStep(round(), { limit, cardIds: [], owed: m('5') })).toMatchObject({ kind: 'failed' });
    expect(nextStep(round(), { cardIds: ['A'], owed: m('5') })).toMatchObject({ kind: 'failed' }); // FIN-74
  });

  it('FIN-97: a round of the quota charges its target, less what was charged', () => {
    const half = withOutcome(round({ cause: 'quota', target: m('25000') }), outcome('succeeded', 'A', '20000'));
    expect(nextStep(half, { limit, cardIds: ['A'] })).toEqual({ kind: 'charge', cardId: 'A', amount: m('5000') });
    const whole = withOutcome(half, outcome('succeeded', 'A', '5000'));
    expect(nextStep(whole, { limit, cardIds: ['A'] })).toEqual({ kind: 'done' });
  });
});
