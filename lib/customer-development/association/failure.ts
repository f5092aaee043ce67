import type { AccountFacts } from '#lib/accounts/index.ts';
import type { AssociationType } from '#lib/customers/index.ts';
import { type Money, parseMoney, ZERO } from '#lib/shared/money.ts';
import { type Instant, plus } from '#lib/shared/time.ts';
import type { ReviewableReason } from '../leads/reasons.ts';

/** What the checks look at, all of it as it is at that moment. */
export interface AssociationFacts {
  readonly type: AssociationType;
  /** Absent on a ticket: nobody came through a link. */
  readonly link?: LinkFacts;
  /** The partner is prepaid, so it cannot carry a customer's expenditure (DEV-08). */
  readonly prepaid: boolean;
  /** What the partner signed excludes the referral model (DEV-09, DEV-10). */
  readonly referralExcludedByRelationship: boolean;
  readonly referralExcludedByCountry: boolean;
  readonly account: AccountFacts;
  readonly reservedByOther: boolean;
  readonly associatedWithOther: boolean;
  /** DEV-96, in the account's currency. */
  readonly invoiceLimit: Money;
  /** Causes that do not count: an approved review (DEV-95), or a ticket (DEV-109). */
  readonly waived: ReadonlySet<FailureCode>;
}

export interface LinkFacts {
  readonly found: boolean;
  readonly live: boolean;
  readonly claimedByOther: boolean;
  readonly used: boolean;
}

type Condition = (facts: AssociationFacts, now: Instant) => boolean;

const DAYS_TO_ASSOCIATE = 7; // DEV-94
const SPECIAL_CONTRACTS: ReadonlySet<string> = new Set([
  'direct-offline',
  'telemarketing-discount',
  'direct-special-offer',
]);

const asReseller =
  (condition: (account: AccountFacts, now: Instant) => boolean): Condition =>
  ({ type, account }, now) =>
    type === 'reseller' && condition(account, now);

const owesCreditBill = asReseller(({ overdue, creditBillRunCreated }) => overdue && creditBillRunCreated);

const LINK_CODES = ['LINK_NOT_FOUND', 'LINK_EXPIRED', 'CODE_USED', 'LINK_USED'] as const;
type LinkCode = (typeof LINK_CODES)[number];

const LINK_FAILURES: Readonly<Record<LinkCode, (link: LinkFacts) => boolean>> = {
  LINK_NOT_FOUND: ({ found }) => !found,
  LINK_EXPIRED: ({ live }) => !live,
  CODE_USED: ({ claimedByOther }) => claimedByOther,
  LINK_USED: ({ used }) => used,
};

const failsBy =
  (code: LinkCode): Condition =>
  ({ link }) =>
    link !== undefined && LINK_FAILURES[code](link);

/** The table of DEV-93, in its order. Row 24 is no check: it is what remains of an attempt that broke down (DEV-201). */
const CONDITIONS = {
  LINK_NOT_FOUND: failsBy('LINK_NOT_FOUND'),
  LINK_EXPIRED: failsBy('LINK_EXPIRED'),
  CODE_USED: failsBy('CODE_USED'),
  LINK_USED: failsBy('LINK_USED'),
  PREPAID_PARTNER: ({ type, prepaid }) => type === 'reseller' && prepaid,
  REFERRAL_NOT_ALLOWED_RELATIONSHIP: ({ type, referralExcludedByRelationship }) =>
    type === 'referral' && referralExcludedByRelationship,
  REFERRAL_NOT_ALLOWED_COUNTRY: ({ type, referralExcludedByCountry }) =>
    type === 'referral' && referralExcludedByCountry,
  MAINLAND_ACCOUNT: ({ account }) => account.site === 'chinese-mainland',
  REGISTERED_BY_OTHER_PARTNER: ({ reservedByOther }) => reservedByOther,
  IS_PARTNER: ({ account }) => account.isPartner || account.isApplyingPartner,
  ASSOCIATED_WITH_OTHER: ({ associatedWithOther }) => associatedWithOther,
  SPECIAL_CONTRACT: ({ account }) => account.contracts.some((contract) => SPECIAL_CONTRACTS.has(contract)),
  INTERNAL_ACCOUNT: ({ account }) => account.isInternalAccount,
  // The master itself is attached to nobody.
  UNIFIED_ACCOUNTING: ({ account }) => account.unifiedAccounting && account.enterpriseRole !== 'master',
  ENTERPRISE_MASTER: asReseller(
    ({ enterpriseRole, hasIndependentAccountingMembers }) =>
      enterpriseRole === 'master' && hasIndependentAccountingMembers,
  ),
  ENTERPRISE_MEMBER: asReseller(({ enterpriseRole }) => enterpriseRole === 'member'),
  PROFESSIONAL_SERVICE_CONTRACT: asReseller(({ contracts }) => contracts.includes('professional-service')),
  VALID_RESERVED_INSTANCE: asReseller(({ reservedInstances }, now) =>
    reservedInstances.some(({ validUntil }) => validUntil > now),
  ),
  CONSUMPTION_RECORD: ({ account }) => account.hasCashExpenditure,
  BALANCE_OR_INVOICE: ({ account, invoiceLimit }) =>
    parseMoney(account.topUpBalance) > ZERO && parseMoney(account.outstandingInvoiceAmount) > invoiceLimit,
  REGISTERED_TOO_LONG: ({ account }, now) => plus(account.registeredAt, { days: DAYS_TO_ASSOCIATE }) < now,
  // A credit account's bill has its own advice, so it is told by the next row instead of hiding it.
  OVERDUE: (facts, now) => facts.account.overdue && !owesCreditBill(facts, now),
  CREDIT_BILL_OVERDUE: owesCreditBill,
} as const satisfies Record<string, Condition>;

export type FailureCode = keyof typeof CONDITIONS | 'SYSTEM_BUSY';

const CODES = Object.keys(CONDITIONS) as (keyof typeof CONDITIONS)[];

/** The first cause that blocks the association, in the order of the table (DEV-93). */
export const firstFailure = (facts: AssociationFacts, now: Instant): keyof typeof CONDITIONS | undefined =>
  CODES.find((code) => !facts.waived.has(code) && CONDITIONS[code](facts, now));

/** The first rows of the same table, which need nothing but the link. */
export const firstLinkFailure = (link: LinkFacts): LinkCode | undefined =>
  LINK_CODES.find((code) => LINK_FAILURES[code](link));

/** DEV-95: what an approved review switches off, and nothing else. */
export function waivedBy(reasons: readonly ReviewableReason[]): ReadonlySet<FailureCode> {
  const waived = new Set<FailureCode>();
  if (reasons.includes('REGISTERED_OVER_7_DAYS')) waived.add('REGISTERED_TOO_LONG');
  if (reasons.includes('CASH_EXPENDITURE_FOLLOWED_UP')) waived.add('CONSUMPTION_RECORD');
  return waived;
}

/** DEV-109: what a ticket can waive. Arrears are waivable after repayment only, and then they are no cause any more. */
export const WAIVABLE_BY_TICKET: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'CONSUMPTION_RECORD',
  'BALANCE_OR_INVOICE',
  'REGISTERED_TOO_LONG',
]);

/** The causes of `waivable` that stand in the way: what a ticket waives in fact. */
export const failuresAmong = (
  waivable: ReadonlySet<FailureCode>,
  facts: AssociationFacts,
  now: Instant,
): FailureCode[] => CODES.filter((code) => waivable.has(code) && CONDITIONS[code](facts, now));
