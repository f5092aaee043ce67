import { describe, expect, it } from 'vitest';
import { adviceOn } from './budget-alert.ts';

const alert = {
  alertIds: ['bal_1'],
  customerId: 'cus_1',
  accountName: 'acme',
  partnerId: 'par_1',
  budgetType: 'monthly' as const,
  amount: '100.00',
  usage: '75.00',
  percent: '75.00',
  period: '2024-09',
  frozenNow: false,
  raisedAt: '2024-09-10T02:00:00.000Z',
};

describe('adviceOn', () => {
  it.each([
    [75, 'automatic', 'none', 'raise-before-freeze'],
    [90, 'manual', 'none', 'raise-before-limit'],
    [100, 'manual', 'prepaid-purchases', 'raise-or-freeze'],
    [100, 'automatic', 'all-purchases', 'raise-at-once'],
    [100, 'automatic', 'account-frozen', 'raise-and-unfreeze'],
    [75, 'manual', 'resources-frozen', 'raise-and-unfreeze'],
  ] as const)(
    'CUS-110, CUS-118: at %i percent, mode %s, restricted %s',
    (threshold, exhaustionMode, restriction, advice) => {
      expect(adviceOn({ ...alert, threshold, exhaustionMode, restriction })).toBe(advice);
    },
  );
});
