import { describe, expect, it } from 'vitest';
import { parseMoney } from '#lib/shared/money.ts';
import { checkWishedAmount } from './control-request.ts';

describe('checkWishedAmount', () => {
  const invalid = expect.objectContaining({ definition: expect.objectContaining({ code: 'WISHED_AMOUNT_INVALID' }) });

  it('CUS-176: a wish for a budget names an amount in cents, the others none', () => {
    for (const amount of ['0.01', '100.00', '2147483647.00'])
      expect(() => checkWishedAmount('adjust-budget', parseMoney(amount))).not.toThrow();
    for (const amount of ['0.00', '0.001', '10.005'])
      expect(() => checkWishedAmount('adjust-budget', parseMoney(amount))).toThrow(invalid);
    expect(() => checkWishedAmount('adjust-budget', undefined)).toThrow(invalid);
    for (const kind of ['freeze', 'unfreeze'] as const) {
      expect(() => checkWishedAmount(kind, undefined)).not.toThrow();
      expect(() => checkWishedAmount(kind, parseMoney('1.00'))).toThrow(invalid);
    }
  });
});
