import { Refusal } from '#lib/shared/errors.ts';
import { type Instant, plus } from '#lib/shared/time.ts';
import type { Customer, CustomerControl, FreezeChange, FreezeLevel } from './customer.ts';
import { controlErrors } from './errors.ts';

export type FrozenLevel = Exclude<FreezeLevel, 'none'>;

/** A change of control with its entry in the freeze history. */
export interface ControlChange {
  readonly after: Customer;
  readonly record: FreezeChange;
}

/** CUS-145: 1 to 256 characters, counted as people count them. @throws Refusal REASON_INVALID */
export function requireReason(reason: string): void {
  const { length } = [...reason];
  if (length < 1 || length > 256 || reason.trim() === '') throw new Refusal(controlErrors.REASON_INVALID);
}

export interface FreezeWish {
  readonly level: FrozenLevel;
  readonly reason: string;
  /** CUS-154: how long frozen resources are kept. */
  readonly retentionDays: number;
  readonly batchId?: string;
}

/** A person freezes: afterwards only a person unfreezes (CUS-022 to CUS-024, CUS-157). @throws Refusal ALREADY_FROZEN */
export function decideFreeze(before: Customer, wish: FreezeWish, now: Instant): ControlChange {
  const { freezeLevel: levelBefore, freezeCause, frozenAt } = before.control;
  const escalates = wish.level === 'account-and-resources' && levelBefore !== 'account-and-resources';
  const takesOver = wish.level === 'account' && levelBefore === 'account' && freezeCause !== 'manual'; // CUS-023
  if (levelBefore !== 'none' && !escalates && !takesOver) throw new Refusal(controlErrors.ALREADY_FROZEN); // CUS-148
  const { level, reason, batchId } = wish;
  const retentionUntil = escalates ? plus(now, { days: wish.retentionDays }) : undefined;
  const control: CustomerControl = {
    ...before.control,
    freezeLevel: level,
    freezeCause: 'manual',
    frozenAt: takesOver ? frozenAt : now,
    retentionUntil,
  };
  const action = takesOver ? 'take-over' : (`freeze-${level}` as const);
  return {
    after: withControl(before, control),
    record: { action, cause: 'manual', reason, levelBefore, levelAfter: level, retentionUntil, batchId },
  };
}

/** An exhausted budget freezes (CUS-025), a second time at the level that a person had lifted (CUS-028). */
export function freezeForExhaustion(
  before: Customer,
  { level, retentionDays }: Pick<FreezeWish, 'level' | 'retentionDays'>,
  now: Instant,
): ControlChange {
  const retentionUntil = level === 'account-and-resources' ? plus(now, { days: retentionDays }) : undefined;
  const cause = 'budget-exhaustion';
  return {
    after: withControl(before, {
      ...before.control,
      freezeLevel: level,
      freezeCause: cause,
      frozenAt: now,
      retentionUntil,
    }),
    record: {
      action: `freeze-${level}`,
      cause,
      reason: 'The budget is exhausted.',
      levelBefore: before.control.freezeLevel,
      levelAfter: level,
      retentionUntil,
    },
  };
}

/** CUS-163: the unfreezing names what was frozen. @throws Refusal NOT_FROZEN, FREEZE_LEVEL_MISMATCH */
export function requireFrozenAt(customer: Customer, level: FrozenLevel): void {
  const { freezeLevel } = customer.control;
  if (freezeLevel === 'none') throw new Refusal(controlErrors.NOT_FROZEN);
  if (freezeLevel !== level) throw new Refusal(controlErrors.FREEZE_LEVEL_MISMATCH);
}

/** Lifts whatever freeze is on (CUS-026, CUS-027, CUS-029, CUS-060); a restriction of pay-per-use stays (CUS-172). */
export function unfreeze(before: Customer, record: Pick<FreezeChange, 'cause' | 'reason' | 'batchId'>): ControlChange {
  const { freezeLevel: levelBefore, payPerUseRestricted } = before.control;
  if (levelBefore === 'none') throw new TypeError('not frozen');
  return {
    after: withControl(before, { freezeLevel: 'none', payPerUseRestricted }),
    record: { ...record, action: `unfreeze-${levelBefore}`, levelBefore, levelAfter: 'none' },
  };
}

/** CUS-170 to CUS-172. @throws Refusal ALREADY_RESTRICTED, NOT_RESTRICTED */
export function decidePayPerUse(
  before: Customer,
  wish: { readonly restricted: boolean; readonly reason: string; readonly batchId?: string },
): ControlChange {
  const { freezeLevel, payPerUseRestricted } = before.control;
  const { restricted, reason, batchId } = wish;
  if (payPerUseRestricted === restricted)
    throw new Refusal(restricted ? controlErrors.ALREADY_RESTRICTED : controlErrors.NOT_RESTRICTED);
  return {
    after: withControl(before, { ...before.control, payPerUseRestricted: restricted }),
    record: {
      action: restricted ? 'restrict-pay-per-use' : 'lift-pay-per-use',
      cause: 'manual',
      reason,
      levelBefore: freezeLevel,
      levelAfter: freezeLevel,
      batchId,
    },
  };
}

const withControl = (before: Customer, control: CustomerControl): Customer => ({
  ...before,
  control,
  version: before.version + 1,
});
