import { describe, expect, it } from 'vitest';
import { isShown } from './view-access.ts';

describe('isShown', () => {
  it('ORD-138: a reseller sees what was charged under itself, others all of it', () => {
    expect(isShown({ resellerId: 'par_r' }, { resellerId: 'par_r' })).toBe(true);
    expect(isShown({ resellerId: 'par_r' }, { resellerId: 'par_other' })).toBe(false);
    expect(isShown({ resellerId: 'par_r' }, {})).toBe(false);
    expect(isShown({}, { resellerId: 'par_r' })).toBe(true);
  });
});
