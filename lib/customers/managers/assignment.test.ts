import { describe, expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import type { Association } from '../customer.ts';
import {
  decideAssignment,
  decideUnassignment,
  endOfAssignment,
  presentManager,
  withManager,
  withPresentManagers,
} from './assignment.ts';

const at = (time: string) => instant(`${time}+08:00`);
const OCTOBER = at('2024-10-01T00:00:00');
const refusal = (code: string) => expect.objectContaining({ definition: expect.objectContaining({ code }) });

describe('endOfAssignment', () => {
  it.each([
    ['2024-08-31T23:59:59.999', '2024-09-01T00:00:00'],
    ['2024-09-01T00:00:00', '2024-10-01T00:00:00'], // CUS-199
    ['2024-12-31T23:59:59', '2025-01-01T00:00:00'],
    ['2024-01-31T12:00:00', '2024-02-01T00:00:00'],
  ])('CUS-197, CUS-199: asked %s, in force %s', (asked, inForce) => {
    expect(endOfAssignment(at(asked))).toBe(at(inForce));
  });
});

describe('decideAssignment', () => {
  const active = { memberId: 'M' };
  const ending = { memberId: 'M', endsAt: OCTOBER };

  it('CUS-185, CUS-187: from the customer side another takes over, the same goes on', () => {
    expect(decideAssignment(undefined, 'M', 'customer')).toBe('assign');
    expect(decideAssignment(active, 'N', 'customer')).toBe('change');
    expect(decideAssignment(ending, 'N', 'customer')).toBe('change');
    expect(decideAssignment(ending, 'M', 'customer')).toBe('resume');
    expect(decideAssignment(active, 'M', 'customer')).toBe('none');
  });

  it('CUS-193, CUS-194: from the manager side only who has none; ending still counts as assigned', () => {
    expect(decideAssignment(undefined, 'M', 'account-manager')).toBe('assign');
    for (const present of [active, ending])
      for (const memberId of ['M', 'N'])
        expect(() => decideAssignment(present, memberId, 'account-manager')).toThrow(refusal('ALREADY_ASSIGNED'));
  });
});

describe('decideUnassignment', () => {
  it('CUS-200: one that is ending keeps its date, a stranger’s is refused', () => {
    const now = at('2024-09-30T23:59:59');
    expect(decideUnassignment({ memberId: 'M' }, 'M', now)).toBe(OCTOBER);
    expect(decideUnassignment({ memberId: 'M', endsAt: at('2024-11-01T00:00:00') }, 'M', now)).toBe(
      at('2024-11-01T00:00:00'),
    );
    for (const present of [undefined, { memberId: 'N' }])
      expect(() => decideUnassignment(present, 'M', now)).toThrow(refusal('NOT_ASSIGNED'));
  });
});

describe('withPresentManagers', () => {
  const association: Association = {
    partnerId: 'D',
    resellerId: 'R',
    type: 'reseller',
    since: at('2024-08-01T00:00:00'),
    accountManagers: { D: 'M', R: 'N' },
    accountManagersUntil: { D: OCTOBER },
  };

  it('CUS-042, CUS-198: an end holds from its instant on, each partner for itself (CUS-189)', () => {
    const before = withPresentManagers(association, at('2024-09-30T23:59:59.999'));
    expect(presentManager(before, 'D')).toEqual({ memberId: 'M', endsAt: OCTOBER });
    const after = withPresentManagers(association, OCTOBER);
    expect(presentManager(after, 'D')).toBeUndefined();
    expect(presentManager(after, 'R')).toEqual({ memberId: 'N', endsAt: undefined });
  });

  it('CUS-187: who is assigned anew has no end left over', () => {
    expect(presentManager(withManager(association, 'D', { memberId: 'O' }), 'D')).toEqual({
      memberId: 'O',
      endsAt: undefined,
    });
  });
});
