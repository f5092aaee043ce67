import type { Threshold } from '#lib/budgets/index.ts';
import type { Money } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';

export const GROUP_KINDS = ['partner', 'customer'] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];

export const GROUP_STATUSES = ['inactive', 'active'] as const;
export type GroupStatus = (typeof GROUP_STATUSES)[number];

export const USAGE_STATES = ['within', 'approaching', 'exceeded'] as const;
export type UsageState = (typeof USAGE_STATES)[number];

/** The parent of groups of tier-1 partners (CUS-012). */
export const PLATFORM = 'platform';

/** CUS-224. */
export const GROUPS_PER_PARENT = 200;
export const ACCOUNTS_PER_GROUP = 1_000;

/** The account under which the group itself is reached. */
export interface AccountInformation {
  readonly contactName: string;
  readonly email: string;
  readonly phone: string;
  readonly countryRegion: string;
}

/** A level between a parent and its accounts; it changes nothing in how they are looked after (CUS-218, CUS-222). */
export interface Group {
  readonly groupId: string;
  /** Fixed after creation. */
  readonly kind: GroupKind;
  /** The partner whose customers, the distributor whose resellers, or the platform whose partners it holds. */
  readonly parentId: string;
  readonly name: string;
  readonly account: AccountInformation;
  /** Identity that acts as the group's own account; nobody signs in without one. */
  readonly subject?: string;
  readonly status: GroupStatus;
  readonly createdAt: Instant;
  /** Name of the plan in force; the plans themselves are dated. */
  readonly planName?: string;
  /** Monthly; of a customer group alone. */
  readonly budget?: Money;
  readonly standing?: GroupStanding;
  /** Accounts in it, and how often one came or went. */
  readonly members: number;
  readonly moves: number;
  /** +1 on every change of settings. */
  readonly version: number;
  /** +1 on every change of the standing. */
  readonly evaluation: number;
}

/** What was found and said of the usage of a month. */
export interface GroupStanding {
  readonly period: BillingMonth;
  readonly state?: UsageState;
  /** States that were told in this period (CUS-239). */
  readonly told: readonly UsageState[];
  /** Thresholds of the budget that were alerted in this period. */
  readonly raised: readonly Threshold[];
}

export type GroupWish = Pick<Group, 'kind' | 'name' | 'account' | 'subject'>;

/** CUS-219: inactive until somebody activates it. */
export const newGroup = (groupId: string, parentId: string, wish: GroupWish, now: Instant): Group => ({
  ...wish,
  groupId,
  parentId,
  status: 'inactive',
  createdAt: now,
  members: 0,
  moves: 0,
  version: 1,
  evaluation: 0,
});

/** Names that differ only in case, form of letters or space around them are the same to people. */
export const nameKeyOf = (name: string): string => name.trim().normalize('NFKC').toLowerCase();

/** The state in a month, as far as it was found; without a plan nothing is expected (CUS-238). */
export function stateIn({ planName, standing }: Pick<Group, 'planName' | 'standing'>, month: BillingMonth) {
  if (planName === undefined) return undefined;
  return (standing?.period === month ? standing.state : undefined) ?? 'within';
}
