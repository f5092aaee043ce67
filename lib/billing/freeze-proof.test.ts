import { describe, expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import { aCharge } from '../../tests/billing/charges.ts';
import { beginOf } from './freeze-proof.ts';

const [from, to, paid] = [
  instant('2024-08-01T10:00:00+08:00'),
  instant('2024-08-01T11:00:00+08:00'),
  instant('2024-08-02T09:00:00+08:00'),
] as const;
const began = (fields: object) =>
  beginOf({ ...aCharge({}), spentFrom: from, spentTo: to, transactionTime: paid, ...fields });

describe('when what a charge is for began', () => {
  it('CUS-284: consumption with its interval, an order with its payment, a refund and an adjustment never', () => {
    expect(began({ billingMode: 'pay-per-use' })).toBe(from);
    expect(began({ billingMode: 'savings-plan', orderType: undefined })).toBe(from);
    expect(began({ billingMode: 'savings-plan', orderType: 'new-purchase' })).toBe(paid);
    expect(began({ billingMode: 'yearly-monthly' })).toBe(paid);
    expect(began({ billingMode: 'pay-per-use', spentFrom: undefined })).toBe(paid);
    for (const billType of ['refund', 'adjustment']) expect(began({ billType })).toBeUndefined();
  });
});
