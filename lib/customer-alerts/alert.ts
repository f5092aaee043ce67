import type { Instant } from '#lib/shared/time.ts';

export const LOST_REASONS = [
  'product-capability',
  'commerce',
  'competitor',
  'customer-service-suspension',
  'short-term-customer-service',
  'other',
] as const; // CUS-212

export const KEPT_REASONS = [
  'service-adjustment-in-regular-contact',
  'new-customer-expenditure',
  'customer-service-contraction',
  'normal-expenditure-fluctuation',
  'other',
] as const; // CUS-213

/** CUS-211 to CUS-214: what became of the customer, and why. */
export type Verdict =
  | { readonly customerLost: true; readonly reason: (typeof LOST_REASONS)[number]; readonly note?: string }
  | { readonly customerLost: false; readonly reason: (typeof KEPT_REASONS)[number]; readonly note?: string };

export const CHURN_STATUSES = ['unhandled', 'handled'] as const;

/** That a customer may be about to leave; whose it is to handle follows from the customer, not from the alert (CUS-216). */
export interface ChurnAlert {
  readonly alertId: string;
  readonly customerId: string;
  readonly accountName: string;
  readonly partnerId: string;
  readonly resellerId?: string;
  readonly scenario: string;
  readonly alertType: 'loss';
  readonly title: string;
  readonly details: string;
  readonly alertedAt: Instant;
  readonly status: (typeof CHURN_STATUSES)[number];
  readonly verdict?: Verdict;
  readonly handledBy?: string;
  readonly handledAt?: Instant;
}

/** Who is to handle a customer's alerts: one member, or the Admins of the partner that deals with the customer. */
export interface Responsible {
  readonly partnerId: string;
  readonly memberId?: string;
}

/**
 * CUS-009, CUS-190, CUS-217: the account manager of the partner that deals with the customer, unless it cannot manage now; else that
 * partner itself. A distributor only reads the alerts of its resellers' customers.
 */
export function responsibleFor(partnerId: string, managerId: string | undefined, manages: boolean): Responsible {
  return managerId !== undefined && manages ? { partnerId, memberId: managerId } : { partnerId };
}

export interface Handler {
  readonly id: string;
  readonly partnerId: string;
  readonly owner: boolean;
  readonly roles: readonly string[];
}

export function isResponsible(member: Handler, { partnerId, memberId }: Responsible): boolean {
  if (member.partnerId !== partnerId) return false;
  return memberId === undefined ? member.owner || member.roles.includes('admin') : member.id === memberId;
}
