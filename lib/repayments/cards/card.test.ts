import { describe, expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import { afterVerification, inOrder, isChileId, isOver, type PaymentCard, statusAt } from './card.ts';

const now = instant('2024-08-15T12:00:00+08:00');
const card = (cardId: string, more: Partial<PaymentCard> = {}): PaymentCard => ({
  cardId,
  partnerId: 'par_1',
  status: 'active',
  expiry: '12/30',
  last4: '4242',
  addedAt: now,
  version: 1,
  ...more,
});

describe('a payment card', () => {
  it.each([
    ['08/24', '2024-08-31T23:59:59+08:00', false],
    ['08/24', '2024-09-01T00:00:00+08:00', true],
    ['12/24', '2025-01-01T00:00:00+08:00', true],
  ])('FIN-89: valid through %s, at %s it is over: %s', (expiry, at, over) => {
    expect(isOver(expiry, instant(at))).toBe(over);
    expect(statusAt({ status: 'active', expiry }, instant(at))).toBe(over ? 'expired' : 'active');
  });

  it('FIN-89: the default card first, then in the order of adding; what is not active is left out', () => {
    const cards = [
      card('c3', { addedAt: instant('2024-08-03T00:00:00Z') }),
      card('c1', { addedAt: instant('2024-08-01T00:00:00Z') }),
      card('c2', { addedAt: instant('2024-08-02T00:00:00Z') }),
      card('old', { expiry: '07/24' }),
      card('gone', { status: 'deleted' }),
      card('open', { status: 'verifying' }),
    ];
    expect(inOrder(cards, 'c2', now).map(({ cardId }) => cardId)).toEqual(['c2', 'c1', 'c3']);
    expect(inOrder(cards, undefined, now).map(({ cardId }) => cardId)).toEqual(['c1', 'c2', 'c3']);
    expect(inOrder(cards, 'old', now).map(({ cardId }) => cardId)).toEqual(['c1', 'c2', 'c3']);
  });

  it.each([
    ['RUT', '8148691-0', true],
    ['RUT', '12345678-K', true],
    ['RUT', '123', false],
    ['Otro', '1234', false],
    ['Otro', '12345', true],
    ['Otro', '1'.repeat(20), true],
    ['Otro', '1'.repeat(21), false],
  ] as const)('FIN-101: %s %s is accepted: %s', (method, idNumber, accepted) => {
    expect(isChileId({ method, idNumber })).toBe(accepted);
  });

  it('FIN-105, FIN-109: a refused new card has failed; a refused new validity leaves the card as it was', () => {
    const verifying = { key: 'k', startedAt: now, askAt: now } as const;
    const added = card('c', { status: 'verifying', verification: { ...verifying, action: 'add' } });
    expect(afterVerification(added, { status: 'refused' })).toMatchObject({ status: 'failed' });
    const changed = card('c', { verification: { ...verifying, action: 'update' } });
    expect(afterVerification(changed, { status: 'refused' })).toEqual(card('c'));
    const said = { token: 'card_1', brand: 'visa', last4: '1111', holderName: 'Ada Admin', expiry: '01/31' };
    expect(afterVerification(added, { status: 'verified', card: said })).toEqual(
      card('c', { token: 'card_1', brand: 'visa', last4: '1111', holderName: 'A***n', expiry: '01/31' }),
    );
  });
});
