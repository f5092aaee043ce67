import type { Instant } from '#lib/shared/time.ts';

/** A customer account with its current association and the control a partner has over it: one item, one read. */
export interface Customer {
  readonly customerId: string;
  /** The platform's account, the sub-account of usage files; unique. */
  readonly accountId: string;
  readonly accountName: string;
  readonly customerName?: string;
  readonly email?: string;
  readonly mobileNumber?: string;
  readonly userType: 'enterprise' | 'individual';
  readonly customerLevel?: string;
  readonly customTag?: string;
  readonly registeredAt: Instant;
  readonly association?: Association;
  readonly control: CustomerControl;
  /** +1 on every change of association or control. */
  readonly version: number;
}

export type AssociationType = 'reseller' | 'referral';

export interface Association {
  /** The tier-1 partner: solution-provider or distributor. */
  readonly partnerId: string;
  readonly resellerId?: string;
  readonly type: AssociationType;
  readonly since: Instant;
  readonly endedAt?: Instant;
  /** Current account manager per partner; each partner keeps its own (CUS-189). */
  readonly accountManagers: Readonly<Record<string, string>>;
  /** Until when, for an assignment that is ending (CUS-041); loading leaves out what has ended. */
  readonly accountManagersUntil?: Readonly<Record<string, Instant>>;
  /** How it came about; absent when an operator entered it plainly. */
  readonly origin?: AssociationOrigin;
  readonly invitationId?: string;
  /** DEV-105: what the customer accepted before it was associated. */
  readonly instructionsVersion?: string;
  readonly instructionsSignedAt?: Instant;
}

export const ASSOCIATION_ORIGINS = ['email', 'general-link', 'custom-link', 'promotional-link', 'ticket'] as const;
export type AssociationOrigin = (typeof ASSOCIATION_ORIGINS)[number];

export type FreezeLevel = 'none' | 'account' | 'account-and-resources';
export type FreezeCause = 'association-default' | 'manual' | 'budget-exhaustion';

export interface CustomerControl {
  readonly freezeLevel: FreezeLevel;
  readonly freezeCause?: FreezeCause;
  readonly frozenAt?: Instant;
  /** End of the retention of frozen resources (CUS-154). */
  readonly retentionUntil?: Instant;
  /** When that was, once it is noted (CUS-031). */
  readonly resourcesReleasedAt?: Instant;
  readonly payPerUseRestricted: boolean;
}

/** Before the first association nothing is controlled. */
export const UNCONTROLLED: CustomerControl = { freezeLevel: 'none', payPerUseRestricted: false };

/**
 * CUS-021: a customer associated in the reseller model starts frozen; its budget, not being set, is monthly 0.00 manual.
 * @param skipFreeze an operator's ticket asked for no default freeze (DEV-110)
 */
export function associate(
  before: Customer,
  wish: Omit<Association, 'since' | 'endedAt'>,
  now: Instant,
  { skipFreeze = false } = {},
): { after: Customer; record?: FreezeChange } {
  const association: Association = { ...wish, since: now };
  const version = before.version + 1;
  // CUS-015: in the referral model there is nothing to freeze.
  if (wish.type === 'referral' || skipFreeze) return { after: { ...before, association, version } };
  const control: CustomerControl = {
    ...UNCONTROLLED,
    freezeLevel: 'account',
    freezeCause: 'association-default',
    frozenAt: now,
  };
  return {
    after: { ...before, association, control, version },
    record: {
      action: 'freeze-account',
      cause: 'association-default',
      levelBefore: before.control.freezeLevel,
      levelAfter: 'account',
    },
  };
}

/** CUS-032, ORD-36, ORD-44: freeze and restriction go with the association, also those that a person set. */
export function release(before: Customer): { after: Customer; records: FreezeChange[] } {
  const { freezeLevel: levelBefore, payPerUseRestricted } = before.control;
  const ended = { cause: 'association-ended', levelBefore, levelAfter: 'none' } as const;
  return {
    after: { ...before, control: UNCONTROLLED, version: before.version + 1 },
    records: [
      ...(levelBefore === 'none' ? [] : [{ ...ended, action: `unfreeze-${levelBefore}` } as const]),
      ...(payPerUseRestricted ? [{ ...ended, action: 'lift-pay-per-use' } as const] : []),
    ],
  };
}

/** One entry of the freeze history, without who and when. */
export interface FreezeChange {
  readonly action:
    | 'freeze-account'
    | 'freeze-account-and-resources'
    | 'unfreeze-account'
    | 'unfreeze-account-and-resources'
    | 'restrict-pay-per-use'
    | 'lift-pay-per-use'
    | 'take-over';
  readonly cause: FreezeCause | 'budget-restored' | 'set-budget' | 'association-ended';
  readonly reason?: string;
  readonly levelBefore: FreezeLevel;
  readonly levelAfter: FreezeLevel;
  readonly retentionUntil?: Instant;
  readonly batchId?: string;
}
