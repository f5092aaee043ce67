import { describe, expect, it } from 'vitest';
import { parseMoney, ZERO } from '#lib/shared/money.ts';
import { instant, plus } from '#lib/shared/time.ts';
import {
  decideRelease,
  decideSettlement,
  endPurchase,
  heldFor,
  movedHold,
  purchaseAt,
  remainingOf,
  reservePurchase,
} from './purchase.ts';

const NOW = instant('2024-08-20T10:00:00+08:00');
const HALF_HOUR = plus(NOW, { minutes: 30 });
const justBefore = (time: typeof NOW) => plus(time, { seconds: -1 });
const money = parseMoney;
const reserved = reservePurchase(
  { partnerId: 'par_1', customerId: 'cus_1' },
  { purchaseId: 'p-1', action: 'buy', billingMode: 'yearly-monthly', amount: money('60') },
  NOW,
);
const paid = { amount: money('50'), recordId: 'rec-1' };
const settled = decideSettlement(reserved, paid, false, NOW);
const refusal = (code: string) => expect.objectContaining({ definition: expect.objectContaining({ code }) });

describe('a purchase', () => {
  it('CUS-138: what is left is never below nothing', () => {
    expect(remainingOf(money('100'), money('30'), money('60'))).toBe(money('10'));
    expect(remainingOf(money('100'), money('40'), money('60'))).toBe(ZERO);
    expect(remainingOf(money('100'), money('140'), money('60'))).toBe(ZERO);
  });

  it('CUS-138: lapses at 30 minutes, not before', () => {
    expect(purchaseAt(reserved, justBefore(HALF_HOUR)).status).toBe('reserved');
    expect(purchaseAt(reserved, HALF_HOUR)).toMatchObject({ status: 'lapsed', endedAt: HALF_HOUR });
    expect(() => decideSettlement(reserved, paid, false, HALF_HOUR)).toThrow(refusal('RESERVATION_LAPSED'));
    expect(decideSettlement(reserved, paid, false, justBefore(HALF_HOUR)).status).toBe('settled');
  });

  it('CUS-138: settling moves what is held to the price that was paid; counted already, to nothing', () => {
    expect([heldFor(reserved), heldFor(settled)]).toEqual([money('60'), money('50')]);
    expect(movedHold(reserved, settled)).toBe(money('-10'));
    const counted = decideSettlement(reserved, paid, true, NOW);
    expect(counted.status).toBe('closed');
    expect(movedHold(reserved, counted)).toBe(money('-60'));
  });

  it('CUS-138: at most what was reserved is settled, to the last unit', () => {
    const exactly = { ...paid, amount: money('60') };
    expect(decideSettlement(reserved, exactly, false, NOW).status).toBe('settled');
    const more = { ...paid, amount: money('60.000000000001') };
    expect(() => decideSettlement(reserved, more, false, NOW)).toThrow(refusal('SETTLEMENT_TOO_HIGH'));
  });

  it('CUS-102: waits 7 days for its record', () => {
    const end = plus(NOW, { days: 7 });
    expect(purchaseAt(settled, justBefore(end)).status).toBe('settled');
    expect(purchaseAt(settled, end).status).toBe('closed');
  });

  it('CUS-096: settling and releasing again change nothing', () => {
    expect(decideSettlement(settled, paid, true, HALF_HOUR)).toBe(settled);
    const released = decideRelease(reserved, NOW);
    expect(released).toMatchObject({ status: 'released', endedAt: NOW, version: 2 });
    expect(decideRelease(released, HALF_HOUR)).toBe(released);
    expect(decideRelease(reserved, HALF_HOUR)).toMatchObject({ status: 'lapsed', endedAt: HALF_HOUR });
  });

  it('CUS-138: what went one way does not go the other', () => {
    expect(() => decideRelease(settled, NOW)).toThrow(refusal('PURCHASE_SETTLED'));
    expect(() => decideRelease(endPurchase(settled, 'closed', NOW), NOW)).toThrow(refusal('PURCHASE_SETTLED'));
    expect(() => decideSettlement(decideRelease(reserved, NOW), paid, false, NOW)).toThrow(refusal('PURCHASE_ENDED'));
    for (const other of [
      { ...paid, amount: money('49') },
      { ...paid, recordId: 'rec-2' },
    ])
      expect(() => decideSettlement(settled, other, false, NOW)).toThrow(refusal('PURCHASE_SETTLED'));
  });
});
