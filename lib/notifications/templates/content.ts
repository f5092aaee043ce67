import type { FAILURE_TEXTS } from '#lib/customer-development/index.ts';
import type { Restriction as ResellerRestriction } from '#lib/resellers/index.ts';
import type { CriticalOperation } from '#lib/shared/critical.ts';

/** Languages that notices are written in; a partner with another one gets English (ORG-66). */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

export const TEMPLATE_NAMES = [
  'verification-code',
  'budget-alert',
  'budget-forecast',
  'group-budget-alert',
  'group-usage-reached',
  'customer-frozen',
  'customer-frozen-customer',
  'customer-unfrozen',
  'customer-unfrozen-customer',
  'retention-ending',
  'account-manager-assigned',
  'control-requested',
  'reseller-permission-changed',
  'reseller-delegation-changed',
  'reseller-invitation',
  'reseller-associated',
  'reseller-restricted',
  'reseller-restricted-invitee',
  'bill-issued',
  'invoice-created',
  'credit-note-created',
  'invoice-failed',
  'invoice-delayed',
  'invoice-ticket-submitted',
  'invoice-ticket-decided',
  'certificate-uploaded',
  'certificate-reviewed',
  'bill-no-payment-due',
  'bill-parked',
  'bill-due-soon',
  'bill-overdue',
  'quota-warning',
  'quota-used-up',
  'partner-restricted',
  'partner-restriction-ended',
  'card-charge-failed',
  'transfer-claim',
  'transfer-confirmed',
  'transfer-rejected',
  'transfer-claims-overdue',
  'test-coupons-reported',
  'customer-invitation',
  'lead-approved',
  'lead-rejected',
  'lead-expired',
  'manual-reviews-due',
  'customer-associated',
  'customer-associated-customer',
  'customer-association-failed',
  'instructions-to-sign',
  'association-request',
  'association-request-customer',
  'association-ended',
  'association-ended-customer',
  'association-request-processed',
  'association-request-processed-customer',
] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];

/** What fills the gaps: finished texts, amounts and times already written for the reader. */
export type Values = Readonly<Record<string, string>>;

/** One notice in one language; every text is a mustache template over the values. Both the text and the HTML mail are made of it. */
export interface Content {
  readonly subject: string;
  readonly lead: string;
  /** Shown large: the one thing that the reader looks for. */
  readonly highlight?: string;
  /** Label and value; one whose value comes out empty is left out. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** A link to follow: label and address. */
  readonly action?: readonly [label: string, address: string];
  /** What the reader can do. */
  readonly advice: string;
  /** The SMS. */
  readonly short: string;
}

/** Words for codes that appear inside notices. */
export interface Terms {
  readonly budgetType: Readonly<Record<'monthly' | 'one-time', string>>;
  readonly mode: Readonly<Record<'automatic' | 'manual', string>>;
  readonly restriction: Readonly<Record<Restriction, string>>;
  readonly budgetAdvice: Readonly<Record<BudgetAdvice, string>>;
  readonly groupUsage: Readonly<Record<'approaching' | 'exceeded', string>>;
  readonly freezeLevel: Readonly<Record<'none' | 'account' | 'account-and-resources', string>>;
  readonly freezeCause: Readonly<Record<'association-default' | 'manual' | 'budget-exhaustion', string>>;
  readonly unfreezeCause: Readonly<Record<'manual' | 'set-budget' | 'budget-restored' | 'association-ended', string>>;
  readonly controlWish: Readonly<Record<'adjust-budget' | 'freeze' | 'unfreeze', string>>;
  readonly permission: Readonly<Record<'granted' | 'withdrawn', string>>;
  readonly resellerRestriction: Readonly<Record<ResellerRestriction, string>>;
  readonly operation: Readonly<Record<CriticalOperation, string>>;
  readonly associationType: Readonly<Record<'reseller' | 'referral', string>>;
  /** The same in two words, for the partner. */
  readonly associationModel: Readonly<Record<'reseller' | 'referral', string>>;
  readonly associationPurpose: Readonly<Record<'association' | 'disassociation' | 'association-type-change', string>>;
  readonly invoiceWish: Readonly<Record<'request' | 'return', string>>;
  readonly decision: Readonly<Record<'agreed' | 'rejected', string>>;
  readonly associationFailure: typeof FAILURE_TEXTS;
  /** What an association in the reseller model begins with. */
  readonly defaultFreeze: string;
  /** The same for the partner, and what it can do about resources that run already (DEV-103). */
  readonly customerFrozen: string;
  /** Stands for the invited address where a mail is only looked at. */
  readonly sampleAddress: string;
  /** Before the month since when a one-time budget counts. */
  readonly since: string;
  readonly late: string;
}

/** What a customer cannot do now (CUS-124). */
export type Restriction = 'none' | 'prepaid-purchases' | 'all-purchases' | 'account-frozen' | 'resources-frozen';
export type BudgetAdvice =
  | 'raise-before-freeze'
  | 'raise-before-limit'
  | 'raise-or-freeze'
  | 'raise-at-once'
  | 'raise-and-unfreeze';

export interface Catalogue {
  readonly contents: Readonly<Record<TemplateName, Content>>;
  readonly terms: Terms;
  readonly footer: string;
}
