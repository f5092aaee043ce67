import { describe, expect, it } from 'vitest';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import { requireWithinHorizon } from './view-filter.ts';

const at = (now: string) => (cycle: string) => () => requireWithinHorizon(cycle as BillingMonth, instant(now));

describe('requireWithinHorizon', () => {
  it('ORD-165: the oldest cycle is the current month minus 18, in GMT+08:00', () => {
    const lastOfJuly = at('2024-07-31T15:59:59Z');
    expect(lastOfJuly('2023-01')).not.toThrow();
    expect(lastOfJuly('2022-12')).toThrow('CONTACT_ECOSYSTEM_MANAGER');
    const firstOfAugust = at('2024-07-31T16:00:00Z');
    expect(firstOfAugust('2023-02')).not.toThrow();
    expect(firstOfAugust('2023-01')).toThrow('CONTACT_ECOSYSTEM_MANAGER');
  });
});
