import type { AccountFacts } from '#lib/accounts/index.ts';
import type { PartnerStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';

interface EntryFacts {
  readonly account: AccountFacts;
  readonly standing: Pick<PartnerStanding, 'prepaid'>;
}

/** What the table of DEV-93 says of the reseller model alone; a customer that is associated has passed the rest. */
const CONDITIONS = {
  PREPAID_PARTNER: {
    hint: 'A partner that pays in advance has no customers in the reseller model.',
    blocks: ({ standing }) => standing.prepaid === true,
  },
  ENTERPRISE_MASTER: {
    hint: 'An enterprise master with independent-accounting members cannot enter the reseller model.',
    blocks: ({ account }) => account.enterpriseRole === 'master' && account.hasIndependentAccountingMembers,
  },
  ENTERPRISE_MEMBER: {
    hint: 'A member account must leave its enterprise master first.',
    blocks: ({ account }) => account.enterpriseRole === 'member',
  },
  PROFESSIONAL_SERVICE_CONTRACT: {
    hint: 'A professional-service contract with the platform excludes the reseller model.',
    blocks: ({ account }) => account.contracts.includes('professional-service'),
  },
  VALID_RESERVED_INSTANCE: {
    hint: 'Reserved instances must expire or be unsubscribed first.',
    blocks: ({ account }, now) => account.reservedInstances.some(({ validUntil }) => validUntil > now),
  },
  CREDIT_BILL_OVERDUE: {
    hint: "The credit account's overdue bill must be paid first.",
    blocks: ({ account }) => account.overdue && account.creditBillRunCreated,
  },
} as const satisfies Record<string, { hint: string; blocks(facts: EntryFacts, now: Instant): boolean }>;

export type EntryCode = keyof typeof CONDITIONS;

export interface EntryCheck {
  readonly code: EntryCode;
  readonly passed: boolean;
  readonly hint: string;
}

const CODES = Object.keys(CONDITIONS) as EntryCode[];

/** ORD-36: what has to hold before an association may go over to the reseller model, all of it at once. */
export const entryChecks = (facts: EntryFacts, now: Instant): EntryCheck[] =>
  CODES.map((code) => ({ code, passed: !CONDITIONS[code].blocks(facts, now), hint: CONDITIONS[code].hint }));
