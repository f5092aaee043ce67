import type { AccountFacts } from '#lib/accounts/index.ts';
import { type Instant, plus } from '#lib/shared/time.ts';

/** DEV-27 to DEV-32, in the order in which they are told. */
export const HARD_REASONS = [
  'MAINLAND_ACCOUNT',
  'ALREADY_ASSOCIATED',
  'PREREGISTERED_BY_OTHER',
  'CONTRACT_SIGNED',
  'CASH_EXPENDITURE',
  'UNIFIED_ACCOUNTING',
] as const;
export type HardReason = (typeof HARD_REASONS)[number];

/** DEV-33 to DEV-36. */
export const REVIEWABLE_REASONS = [
  'REGISTERED_OVER_7_DAYS',
  'CASH_EXPENDITURE_FOLLOWED_UP',
  'COUNTRY_MISMATCH',
  'ONLINE_SALES_OWNED',
] as const;
export type ReviewableReason = (typeof REVIEWABLE_REASONS)[number];

export interface Reasons {
  readonly hard: readonly HardReason[];
  readonly reviewable: readonly ReviewableReason[];
}

/** What speaks for or against a pre-registration at its moment. */
export interface LeadFacts {
  /** Missing when nobody registered with the address yet: then only the reservation counts (DEV-26). */
  readonly account?: AccountFacts;
  /** The account is associated with any partner, the asking one included. */
  readonly associated: boolean;
  /** Another partner's lead protects the address now. */
  readonly reservedByOther: boolean;
  /** Where the partner does business. */
  readonly partnerCountry: string;
}

const FREE_DAYS = 7;

/** Every reason against a lead, each in its class (DEV-37). */
export function reasonsAgainst(facts: LeadFacts, now: Instant): Reasons {
  return { hard: hardReasons(facts), reviewable: facts.account ? reviewableReasons(facts.account, facts, now) : [] };
}

function hardReasons({ account, associated, reservedByOther }: LeadFacts): HardReason[] {
  const found: Record<HardReason, boolean> = {
    MAINLAND_ACCOUNT: account?.site === 'chinese-mainland',
    ALREADY_ASSOCIATED: associated,
    PREREGISTERED_BY_OTHER: reservedByOther,
    CONTRACT_SIGNED: (account?.contracts.length ?? 0) > 0, // any contract, unlike at the association (DEV-209)
    CASH_EXPENDITURE: account?.hasCashExpenditure === true && !account.directSalesFollowUp, // DEV-207
    // The master itself is not attached to one.
    UNIFIED_ACCOUNTING: account?.unifiedAccounting === true && account.enterpriseRole !== 'master',
  };
  return HARD_REASONS.filter((reason) => found[reason]);
}

function reviewableReasons(account: AccountFacts, { partnerCountry }: LeadFacts, now: Instant): ReviewableReason[] {
  const found: Record<ReviewableReason, boolean> = {
    REGISTERED_OVER_7_DAYS: plus(account.registeredAt, { days: FREE_DAYS }) < now, // DEV-94: exactly seven days passes
    CASH_EXPENDITURE_FOLLOWED_UP: account.hasCashExpenditure && account.directSalesFollowUp,
    COUNTRY_MISMATCH: account.country !== partnerCountry,
    ONLINE_SALES_OWNED: account.onlineSalesOwned,
  };
  return REVIEWABLE_REASONS.filter((reason) => found[reason]);
}
