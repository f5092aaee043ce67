import type { AccountFacts } from '#lib/accounts/index.ts';
import type { Customer } from '#lib/customers/index.ts';
import type { PartnerType } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Side } from './association-record.ts';
import { coolDownUntil, type LastRequests } from './cool-down.ts';

/** What the checks look at, all of it as it is at that moment (ORD-26). */
export interface BlockingFacts {
  readonly account: AccountFacts;
  readonly freezeCause?: Customer['control']['freezeCause'];
  readonly lastRequests: LastRequests;
  readonly partnerType: PartnerType;
}

/** One line of a check; what fails says how it is cleared. */
export interface Check {
  readonly code: CheckCode;
  readonly passed: boolean;
  readonly hint: string;
  /** When it passes by itself. */
  readonly until?: Instant;
}

interface Rule {
  readonly hint: string;
  /** `true`: it stands in the way; a time: until then. */
  blocks(facts: BlockingFacts, now: Instant): boolean | Instant | undefined;
}

const latest = (times: readonly Instant[], now: Instant): Instant | undefined =>
  times
    .filter((time) => time > now)
    .sort()
    .at(-1);

const RULES = {
  PARTNER_COOLDOWN: {
    hint: 'You may ask once in three months.', // ORD-23
    blocks: ({ lastRequests }, now) => coolDownUntil(lastRequests.partner, now),
  },
  CUSTOMER_COOLDOWN: {
    hint: 'You may ask once in three months.', // ORD-23
    blocks: ({ lastRequests }, now) => coolDownUntil(lastRequests.customer, now),
  },
  CUSTOMER_RECENT_REQUEST: {
    hint: 'The customer asked itself within the last three months.', // ORD-25
    blocks: ({ lastRequests }, now) => coolDownUntil(lastRequests.customer, now),
  },
  ENTERPRISE_MASTER_WITH_MEMBERS: {
    hint: 'All independent-accounting members must leave the enterprise master first.', // ORD-16
    blocks: ({ account }) => account.enterpriseRole === 'master' && account.hasIndependentAccountingMembers,
  },
  ENTERPRISE_MEMBER: {
    hint: 'The account must leave its enterprise master first.', // ORD-17
    blocks: ({ account }) => account.enterpriseRole === 'member',
  },
  MANUALLY_FROZEN: {
    hint: 'The account was frozen by hand; unfreeze it first.', // ORD-18
    blocks: ({ freezeCause }) => freezeCause === 'manual',
  },
  ARREARS: {
    hint: "The partner raises the customer's limit, so that the arrears are written off; then ask again.", // ORD-20
    blocks: ({ account }) => account.overdue,
  },
  UNEXPIRED_RESERVED_INSTANCE: {
    hint: 'Reserved instances must expire or be unsubscribed first.', // ORD-19
    blocks: ({ account }, now) =>
      latest(
        account.reservedInstances.map(({ validUntil }) => validUntil),
        now,
      ),
  },
  PARTNER_SUPPORT_PLAN: {
    hint: 'The support plan bought by way of the partner must expire first.', // ORD-19
    blocks: ({ account }, now) => latest(account.partnerSupportPlanUntil ? [account.partnerSupportPlanUntil] : [], now),
  },
  CURRENCY_NOT_SET: {
    hint: 'Choose a currency for the account first.', // ORD-22
    blocks: ({ account }) => account.currency === undefined,
  },
  ORDERS_AWAITING_PARTNER_PAYMENT: {
    hint: "Cancel the orders that wait for the partner's payment, or have the partner pay them.", // ORD-21
    blocks: ({ account }) => account.ordersAwaitingPartnerPayment > 0,
  },
  SPECIAL_COMMERCE_CONTRACT: {
    hint: 'A special commercial contract is ended with the partner, outside this system.', // ORD-22
    blocks: ({ account }) => account.contracts.some((contract) => SPECIAL_COMMERCE.has(contract)),
  },
} as const satisfies Record<string, Rule>;

export type CheckCode = keyof typeof RULES;

/** Those that keep a customer from associating, too (DEV-93, row 12). */
const SPECIAL_COMMERCE: ReadonlySet<string> = new Set([
  'direct-offline',
  'telemarketing-discount',
  'direct-special-offer',
]);

/** ORD-14, ORD-25: the last one binds resellers alone. */
const PARTNER_CHECKS: readonly CheckCode[] = [
  'PARTNER_COOLDOWN',
  'CUSTOMER_RECENT_REQUEST',
  'ENTERPRISE_MASTER_WITH_MEMBERS',
  'MANUALLY_FROZEN',
  'UNEXPIRED_RESERVED_INSTANCE',
  'PARTNER_SUPPORT_PLAN',
];

/** ORD-15. */
const CUSTOMER_CHECKS: readonly CheckCode[] = [
  'CUSTOMER_COOLDOWN',
  'ENTERPRISE_MASTER_WITH_MEMBERS',
  'ENTERPRISE_MEMBER',
  'ARREARS',
  'UNEXPIRED_RESERVED_INSTANCE',
  'PARTNER_SUPPORT_PLAN',
  'CURRENCY_NOT_SET',
  'ORDERS_AWAITING_PARTNER_PAYMENT',
  'SPECIAL_COMMERCE_CONTRACT',
];

const COOL_DOWNS: readonly CheckCode[] = ['PARTNER_COOLDOWN', 'CUSTOMER_COOLDOWN', 'CUSTOMER_RECENT_REQUEST'];

/** Every check of who asks, passed or not (ORD-13). */
export function checksOf(initiator: Side, facts: BlockingFacts, now: Instant): Check[] {
  const codes = initiator === 'customer' ? CUSTOMER_CHECKS : PARTNER_CHECKS;
  return codes
    .filter((code) => code !== 'CUSTOMER_RECENT_REQUEST' || facts.partnerType === 'reseller')
    .map((code) => check(code, facts, now));
}

/** The same when the other side agrees: time that has to pass counted at the request (ORD-41). */
export const checksAtAgreement = (initiator: Side, facts: BlockingFacts, now: Instant): Check[] =>
  checksOf(initiator, facts, now).filter(({ code }) => !COOL_DOWNS.includes(code));

/** ORD-35: of the blocking checks only this one applies to a change of type. */
export const checksOfTypeChange = ({ freezeCause }: Pick<BlockingFacts, 'freezeCause'>): Check[] => [
  { code: 'MANUALLY_FROZEN', passed: freezeCause !== 'manual', hint: RULES.MANUALLY_FROZEN.hint },
];

function check(code: CheckCode, facts: BlockingFacts, now: Instant): Check {
  const rule: Rule = RULES[code];
  const blocked = rule.blocks(facts, now);
  if (blocked === undefined || blocked === false) return { code, passed: true, hint: rule.hint };
  return { code, passed: false, hint: rule.hint, ...(blocked === true ? {} : { until: blocked }) };
}
