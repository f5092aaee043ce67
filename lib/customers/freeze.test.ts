import { describe, expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import type { Customer, CustomerControl } from './customer.ts';
import {
  decideFreeze,
  decidePayPerUse,
  type FrozenLevel,
  freezeForExhaustion,
  requireFrozenAt,
  requireReason,
  unfreeze,
} from './freeze.ts';

const NOW = instant('2024-08-01T10:00:00+08:00');
const BEFORE = instant('2024-07-15T10:00:00+08:00');
const IN_15_DAYS = instant('2024-08-16T10:00:00+08:00');

const aCustomer = (control: Partial<CustomerControl> = {}): Customer => ({
  customerId: 'cus_1',
  accountId: 'acc_1',
  accountName: 'atlas',
  userType: 'enterprise',
  registeredAt: BEFORE,
  control: { freezeLevel: 'none', payPerUseRestricted: false, ...control },
  version: 3,
});
const frozen = (freezeLevel: FrozenLevel, freezeCause: CustomerControl['freezeCause'] = 'manual') =>
  aCustomer({ freezeLevel, freezeCause, frozenAt: BEFORE });
const freeze = (customer: Customer, level: FrozenLevel) =>
  decideFreeze(customer, { level, reason: 'overdue', retentionDays: 15 }, NOW);

describe('the reason', () => {
  it.each(['', '   ', 'x'.repeat(257)])('CUS-145: %j is refused', (reason) => {
    expect(() => requireReason(reason)).toThrow('REASON_INVALID');
  });

  it.each(['x', 'x'.repeat(256), '😀'.repeat(256)])('CUS-145: 1 to 256 characters pass', (reason) => {
    expect(() => requireReason(reason)).not.toThrow();
  });
});

describe('freezing by hand', () => {
  it('CUS-022: an account', () => {
    expect(freeze(aCustomer(), 'account')).toMatchObject({
      after: { control: { freezeLevel: 'account', freezeCause: 'manual', frozenAt: NOW }, version: 4 },
      record: {
        action: 'freeze-account',
        cause: 'manual',
        reason: 'overdue',
        levelBefore: 'none',
        levelAfter: 'account',
      },
    });
  });

  it.each(['association-default', 'budget-exhaustion'] as const)(
    'CUS-023: takes over a freeze of cause %s',
    (cause) => {
      expect(freeze(frozen('account', cause), 'account')).toMatchObject({
        after: { control: { freezeLevel: 'account', freezeCause: 'manual', frozenAt: BEFORE } },
        record: { action: 'take-over', levelBefore: 'account', levelAfter: 'account' },
      });
    },
  );

  it('CUS-148: already frozen by hand, or with resources, is refused', () => {
    expect(() => freeze(frozen('account'), 'account')).toThrow('ALREADY_FROZEN');
    expect(() => freeze(frozen('account-and-resources'), 'account')).toThrow('ALREADY_FROZEN');
    expect(() => freeze(frozen('account-and-resources', 'budget-exhaustion'), 'account')).toThrow('ALREADY_FROZEN');
    expect(() => freeze(frozen('account-and-resources'), 'account-and-resources')).toThrow('ALREADY_FROZEN');
  });

  it.each([
    aCustomer(),
    frozen('account', 'association-default'),
    frozen('account', 'manual'),
    frozen('account', 'budget-exhaustion'),
  ])('CUS-024, CUS-157, CUS-160: escalates to the resources, whatever was on before, for 15 days', (customer) => {
    expect(freeze(customer, 'account-and-resources')).toMatchObject({
      after: {
        control: {
          freezeLevel: 'account-and-resources',
          freezeCause: 'manual',
          frozenAt: NOW,
          retentionUntil: IN_15_DAYS, // CUS-154
        },
      },
      record: { action: 'freeze-account-and-resources', retentionUntil: IN_15_DAYS },
    });
  });
});

describe('freezing by an exhausted budget', () => {
  it('CUS-025: the account, without retention', () => {
    const { after, record } = freezeForExhaustion(aCustomer(), { level: 'account', retentionDays: 15 }, NOW);
    expect(after.control).toMatchObject({ freezeLevel: 'account', freezeCause: 'budget-exhaustion', frozenAt: NOW });
    expect(after.control.retentionUntil).toBeUndefined();
    expect(record).toMatchObject({ action: 'freeze-account', cause: 'budget-exhaustion' });
  });

  it('CUS-028, CUS-154: a repeated freeze of the resources starts a new retention', () => {
    const { after } = freezeForExhaustion(aCustomer(), { level: 'account-and-resources', retentionDays: 15 }, NOW);
    expect(after.control).toMatchObject({ freezeLevel: 'account-and-resources', retentionUntil: IN_15_DAYS });
  });
});

describe('unfreezing', () => {
  it('CUS-163: names the level that is on', () => {
    expect(() => requireFrozenAt(frozen('account'), 'account')).not.toThrow();
    expect(() => requireFrozenAt(frozen('account'), 'account-and-resources')).toThrow('FREEZE_LEVEL_MISMATCH');
    expect(() => requireFrozenAt(frozen('account-and-resources'), 'account')).toThrow('FREEZE_LEVEL_MISMATCH');
    expect(() => requireFrozenAt(aCustomer(), 'account')).toThrow('NOT_FROZEN');
  });

  it.each(['account', 'account-and-resources'] as const)(
    'CUS-026, CUS-027: lifts %s and leaves nothing of it',
    (level) => {
      const { after, record } = unfreeze(frozen(level), { cause: 'manual', reason: 'paid' });
      expect(after.control).toEqual({ freezeLevel: 'none', payPerUseRestricted: false });
      expect(record).toMatchObject({
        action: `unfreeze-${level}`,
        levelBefore: level,
        levelAfter: 'none',
        reason: 'paid',
      });
    },
  );

  it('CUS-172: a restriction of pay-per-use stays', () => {
    const restricted = aCustomer({ freezeLevel: 'account', freezeCause: 'manual', payPerUseRestricted: true });
    expect(unfreeze(restricted, { cause: 'manual' }).after.control.payPerUseRestricted).toBe(true);
  });
});

describe('pay-per-use', () => {
  it('CUS-170, CUS-171: is restricted and allowed again without touching the freeze', () => {
    const restricted = decidePayPerUse(frozen('account'), { restricted: true, reason: 'budget used up' });
    expect(restricted.after.control).toMatchObject({ payPerUseRestricted: true, freezeLevel: 'account' });
    expect(restricted.record).toMatchObject({
      action: 'restrict-pay-per-use',
      levelBefore: 'account',
      levelAfter: 'account',
    });
    const lifted = decidePayPerUse(restricted.after, { restricted: false, reason: 'paid' });
    expect(lifted.after.control.payPerUseRestricted).toBe(false);
    expect(lifted.record.action).toBe('lift-pay-per-use');
  });

  it('CUS-170: twice the same is refused', () => {
    expect(() => decidePayPerUse(aCustomer({ payPerUseRestricted: true }), { restricted: true, reason: 'x' })).toThrow(
      'ALREADY_RESTRICTED',
    );
    expect(() => decidePayPerUse(aCustomer(), { restricted: false, reason: 'x' })).toThrow('NOT_RESTRICTED');
  });
});
