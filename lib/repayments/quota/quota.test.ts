import { describe, expect, it } from 'vitest';
import { parseMoney } from '#lib/shared/money.ts';
import { judgeQuota, levelOf, NO_QUOTA, type Quota, usedQuota, withCard } from './quota.ts';

const m = parseMoney;
const quota = (total: string | undefined, more: Partial<Quota> = {}): Quota => ({
  partnerId: 'par_1',
  ...NO_QUOTA,
  total: total === undefined ? undefined : m(total),
  ...more,
});

describe('the consumption quota', () => {
  it.each([
    ['100', '50', '30', '120'],
    ['0', '50', '50.01', '0'],
    ['0', '0', '0', '0'],
    ['900', '-20', '0', '880'],
  ])('FIN-94: outstanding %s, estimated %s, balance %s: used %s', (outstanding, estimated, balance, used) => {
    expect(usedQuota({ outstanding: m(outstanding), estimated: m(estimated), balance: m(balance) })).toBe(m(used));
  });

  it.each([
    ['800', 'none'],
    ['800.000001', 'warning'],
    ['999.99', 'warning'],
    ['1000', 'used-up'],
    ['1000.01', 'used-up'],
  ] as const)('FIN-95: %s of 1,000 is %s', (used, level) => {
    expect(levelOf(m(used), m('1000'))).toBe(level);
  });

  it('FIN-95: nothing used of a quota of 0 is not used up', () => {
    expect(levelOf(m('0'), m('0'))).toBe('none');
    expect(levelOf(m('0.01'), m('0'))).toBe('used-up');
  });

  it.each([
    [undefined, '1000'],
    ['600', '1000'],
    ['999.99', '1000'],
    ['1000', '1000'],
    ['5000', '5000'],
  ])('FIN-104: with a card a quota of %s becomes %s', (before, after) => {
    expect(withCard(quota(before)).total).toBe(m(after));
  });
});

describe('judgeQuota', () => {
  const judge = (before: Quota, used: string, facts: Partial<Parameters<typeof judgeQuota>[1]> = {}) =>
    judgeQuota(before, { used: m(used), chargeable: false, ...facts });

  it('FIN-95: a line is told of once per upward crossing, and again after it was left', () => {
    const warned = judge(quota('1000'), '801');
    expect(warned.crossed).toBe('warning');
    expect(judge(warned.after, '900').crossed).toBeUndefined();
    const usedUp = judge(warned.after, '1000');
    expect(usedUp).toMatchObject({ crossed: 'used-up', charge: false });
    expect(judge(usedUp.after, '900').crossed).toBeUndefined();
    const left = judge(usedUp.after, '100').after;
    expect(judge(left, '850').crossed).toBe('warning');
  });

  it('FIN-96: exactly used up restricts nothing; a cent more does, and paying it ends it', () => {
    expect(judge(quota('1000'), '1000').restriction).toBeUndefined();
    const over = judge(quota('1000'), '1000.01');
    expect(over).toMatchObject({ restriction: 'begins', charge: false, after: { restricted: true } });
    expect(judge(over.after, '1000.01').restriction).toBeUndefined();
    expect(judge(over.after, '1000')).toMatchObject({ restriction: 'ends', after: { restricted: false } });
  });

  it('FIN-97: a card is charged first; only when that fails the restriction begins', () => {
    const over = judge(quota('1000'), '1200', { chargeable: true });
    expect(over).toMatchObject({ charge: true, restriction: undefined, after: { restricted: false, rounds: 1 } });
    const waiting = { ...over.after, roundId: 'r1' };
    expect(judge(waiting, '1200', { chargeable: true, round: 'open' })).toMatchObject({
      charge: false,
      restriction: undefined,
    });
    expect(judge(waiting, '1200', { chargeable: true, round: 'failed' })).toMatchObject({
      charge: false,
      restriction: 'begins',
    });
    expect(judge(waiting, '1200', { chargeable: true, round: 'done' })).toMatchObject({ charge: true });
    expect(judge(waiting, '0', { chargeable: true, round: 'done' }).after.roundId).toBeUndefined();
  });

  it('FIN-98: without a quota nothing is restricted, however much is used', () => {
    expect(judge(quota(undefined), '1000000')).toMatchObject({
      crossed: undefined,
      restriction: undefined,
      charge: false,
    });
  });

  it('FIN-96: a restriction ends when the quota is taken away', () => {
    expect(judge(quota(undefined, { restricted: true, level: 'used-up' }), '5000').restriction).toBe('ends');
  });
});
