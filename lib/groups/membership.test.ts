import { describe, expect, it } from 'vitest';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import { endsWith, type Membership, wasMemberAtEnd } from './membership.ts';

const membership = (joinedAt: string, leftAt?: string): Membership => ({
  accountId: 'cus_1',
  groupId: 'grp_1',
  kind: 'customer',
  parentId: 'par_1',
  associatedSince: instant('2024-08-01T00:00:00+08:00'),
  joinedAt: instant(joinedAt),
  leftAt: leftAt === undefined ? undefined : instant(leftAt),
});

describe('wasMemberAtEnd', () => {
  it.each([
    ['present since then', '2024-09-30T23:59:59.999+08:00', undefined, true],
    ['joined at midnight', '2024-10-01T00:00:00+08:00', undefined, false],
    ['left at midnight', '2024-09-01T00:00:00+08:00', '2024-10-01T00:00:00+08:00', true],
    ['left just before', '2024-09-01T00:00:00+08:00', '2024-09-30T23:59:59.999+08:00', false],
  ])('CUS-237: September of who %s', (_what, joinedAt, leftAt, expected) => {
    expect(wasMemberAtEnd(membership(joinedAt, leftAt), '2024-09' as BillingMonth)).toBe(expected);
  });
});

describe('endsWith', () => {
  const ended = { since: instant('2024-08-01T00:00:00+08:00'), endedAt: instant('2024-09-10T00:00:00+08:00') };

  it('CUS-231: a membership of the association that ended, also at the same instant', () => {
    expect(endsWith(membership('2024-09-10T00:00:00+08:00'), ended)).toBe(true);
  });

  it('CUS-231: also after a change of type, which dates the association anew', () => {
    expect(
      endsWith(membership('2024-09-01T00:00:00+08:00'), { ...ended, since: instant('2024-09-05T00:00:00+08:00') }),
    ).toBe(true);
  });

  it('CUS-231: not one of a later association', () => {
    const later = { ...membership('2024-09-11T00:00:00+08:00'), associatedSince: instant('2024-09-10T12:00:00+08:00') };
    expect(endsWith(later, ended)).toBe(false);
  });
});
