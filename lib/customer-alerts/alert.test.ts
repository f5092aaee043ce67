import { describe, expect, it } from 'vitest';
import { isResponsible, responsibleFor } from './alert.ts';

const member = (id: string, fields: object = {}) => ({
  id,
  partnerId: 'P',
  owner: false,
  roles: ['account-manager'],
  ...fields,
});
const admin = member('A', { roles: ['admin'] });
const owner = member('O', { owner: true, roles: [] });

describe('isResponsible', () => {
  it('CUS-009: the account manager alone, else the Admins of the partner', () => {
    const managed = responsibleFor('P', 'M', true);
    expect([member('M'), member('N'), admin, owner].map((each) => isResponsible(each, managed))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    const free = responsibleFor('P', undefined, false);
    const director = member('D', { roles: ['account-director'] });
    expect([admin, owner, member('M'), director].map((each) => isResponsible(each, free))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('CUS-190: while the manager cannot manage, the alerts are the partner’s', () => {
    const meanwhile = responsibleFor('P', 'M', false);
    expect([member('M'), admin].map((each) => isResponsible(each, meanwhile))).toEqual([false, true]);
  });

  it('CUS-217: another partner’s members only read', () => {
    const distributors = { partnerId: 'D' };
    expect(
      isResponsible(member('A', { ...distributors, roles: ['admin'] }), responsibleFor('P', undefined, false)),
    ).toBe(false);
    expect(isResponsible(member('M', distributors), responsibleFor('P', 'M', true))).toBe(false);
  });
});
