import { Refusal } from '#lib/shared/errors.ts';
import { add, exactText, type Money, percentText, subtract, ZERO } from '#lib/shared/money.ts';
import type { Budget, BudgetType } from './budget.ts';
import { budgetErrors } from './errors.ts';

/** What a distributor lets a reseller budget, and what of it is allocated (CUS-085 to CUS-090). */
export interface Quota {
  readonly resellerId: string;
  readonly monthly: QuotaOfType;
  readonly oneTime: QuotaOfType;
}

export interface QuotaOfType {
  readonly total: Money;
  /** Sum of the amounts set, not of the money spent (CUS-087); counts while the distributor controls, too (CUS-088). */
  readonly allocated: Money;
  /** What can still be allocated: total less allocated, less what a running batch has put aside. Negative when over-allocated. */
  readonly room: Money;
}

/** Change of what is allocated: the new amount is charged to its type, the replaced one given back to its own (CUS-077, CUS-087). */
export type QuotaCharge = Readonly<Record<QuotaKind, Money>>;
export type QuotaKind = 'monthly' | 'oneTime';

export const kindOf = (type: BudgetType): QuotaKind => (type === 'monthly' ? 'monthly' : 'oneTime');

export function chargeOf(before: Pick<Budget, 'type' | 'amount'>, after: Pick<Budget, 'type' | 'amount'>): QuotaCharge {
  const charge = { monthly: ZERO, oneTime: ZERO };
  charge[kindOf(before.type)] = subtract(charge[kindOf(before.type)], before.amount);
  charge[kindOf(after.type)] = add(charge[kindOf(after.type)], after.amount);
  return charge;
}

export const isNothing = (charge: QuotaCharge): boolean => charge.monthly === ZERO && charge.oneTime === ZERO;

/** Lowering is always allowed, also while the quota is over-allocated (CUS-088, DEV-129). @throws Refusal QUOTA_EXCEEDED */
export function requireRoom(quota: Quota, charge: QuotaCharge): void {
  for (const kind of ['monthly', 'oneTime'] as const) {
    if (charge[kind] > ZERO && charge[kind] > quota[kind].room) throw quotaExceeded(quota[kind], kind);
  }
}

const quotaExceeded = (quota: QuotaOfType, kind: QuotaKind): Refusal =>
  new Refusal(budgetErrors.QUOTA_EXCEEDED, {
    budgetType: kind === 'monthly' ? 'monthly' : 'one-time',
    total: exactText(quota.total),
    allocated: exactText(quota.allocated),
    available: exactText(availableOf(quota)),
  });

/** CUS-086; 0.00 while more is allocated than given (DEV-129). */
export const availableOf = ({ total, allocated }: QuotaOfType): Money =>
  total > allocated ? subtract(total, allocated) : ZERO;

export const allocatedPercent = ({ total, allocated }: QuotaOfType): string | null => percentText(allocated, total);
