import type { AssociationType } from '#lib/customers/index.ts';
import { epochMs, type Instant, plus } from '#lib/shared/time.ts';
import type { ReviewableReason } from './reasons.ts';

export const LEAD_STATUSES = [
  'pending-review',
  'pre-registered',
  'expired',
  'review-rejected',
  'deleted',
  'associated',
] as const;
export type LeadStatus = (typeof LEAD_STATUSES)[number];

/** A partner's pre-registration of a customer: what protects the customer's e-mail address for it. */
export interface Lead {
  readonly leadId: string;
  readonly partnerId: string;
  readonly customerName: string;
  /** Normalised; the lead's identity (DEV-25). */
  readonly email: string;
  readonly mobileNumber?: string;
  readonly associationType: AssociationType;
  readonly remarks?: string;
  readonly accountManagerId?: string;
  readonly createdBy: string;
  /** As stored: a lapsed lead stays `pre-registered` until the sweep; `leadAt` tells the truth. */
  readonly status: LeadStatus;
  readonly createdAt: Instant;
  readonly preregisteredAt?: Instant;
  readonly expiresAt?: Instant;
  readonly review?: Review;
  /** What an approved review switches off at the association (DEV-48, DEV-95). */
  readonly waivers: readonly ReviewableReason[];
  readonly customerId?: string;
  readonly version: number;
}

export interface Review {
  readonly reasons: readonly ReviewableReason[];
  readonly justification: string;
  readonly submittedAt: Instant;
  readonly dueAt: Instant;
  readonly decidedAt?: Instant;
  readonly decidedBy?: string;
  readonly decision?: ReviewDecision;
  readonly comment?: string;
}
export type ReviewDecision = 'approve' | 'reject';

/** What a partner enters. */
export interface LeadWish {
  readonly customerName: string;
  readonly email: string;
  readonly mobileNumber?: string;
  readonly associationType: AssociationType;
  readonly remarks?: string;
}

/** Who enters it, and as what it is entered. */
export interface LeadOrigin {
  readonly leadId: string;
  readonly partnerId: string;
  readonly createdBy: string;
  readonly accountManagerId?: string;
}

const VALIDITY_DAYS = 15; // DEV-41: 15 × 24 h; nothing moves it (DEV-43)
const DAY_MS = 24 * 60 * 60 * 1000;

/** The form in which addresses are compared (DEV-25): trimmed, in lower case, composed. `+tags` stay: they are other mailboxes. */
export const normaliseEmail = (email: string): string => email.trim().toLowerCase().normalize('NFC');

export function preregister(wish: LeadWish, origin: LeadOrigin, now: Instant): Lead {
  return { ...entered(wish, origin, now), status: 'pre-registered', ...validFrom(now) };
}

/** DEV-46. */
export function submitForReview(
  wish: LeadWish,
  origin: LeadOrigin,
  review: Pick<Review, 'reasons' | 'justification' | 'dueAt'>,
  now: Instant,
): Lead {
  return { ...entered(wish, origin, now), status: 'pending-review', review: { ...review, submittedAt: now } };
}

/** The lead as it is at `now`, whatever the sweep has done yet (DEV-07). */
export function leadAt(lead: Lead, now: Instant): Lead {
  const lapsed = lead.status === 'pre-registered' && lead.expiresAt !== undefined && lead.expiresAt <= now;
  return lapsed ? { ...lead, status: 'expired' } : lead;
}

/** DEV-42: the full days left after the one now running; `undefined` unless the lead is valid. */
export function daysLeft(lead: Lead, now: Instant): number | undefined {
  if (leadAt(lead, now).status !== 'pre-registered' || !lead.expiresAt) return undefined;
  return Math.ceil((epochMs(lead.expiresAt) - epochMs(now)) / DAY_MS) - 1;
}

interface Decided {
  readonly decidedBy: string;
  readonly comment?: string;
}

/** DEV-48: the 15 days begin with the approval; what was found against the lead is waived. */
export function approveReview(lead: Lead, review: Review, decided: Decided, now: Instant): Lead {
  return {
    ...lead,
    status: 'pre-registered',
    ...validFrom(now),
    review: { ...review, ...decided, decision: 'approve', decidedAt: now },
    waivers: review.reasons,
  };
}

/** DEV-50. */
export function rejectReview(lead: Lead, review: Review, decided: Decided, now: Instant): Lead {
  return {
    ...lead,
    status: 'review-rejected',
    review: { ...review, ...decided, decision: 'reject', decidedAt: now },
  };
}

/** DEV-52. */
export function isDeletable(lead: Lead): boolean {
  return lead.status === 'pre-registered' || lead.status === 'expired' || lead.status === 'review-rejected';
}

const entered = (wish: LeadWish, origin: LeadOrigin, now: Instant): Omit<Lead, 'status'> => ({
  ...origin,
  ...wish,
  email: normaliseEmail(wish.email),
  createdAt: now,
  waivers: [],
  version: 1,
});

const validFrom = (now: Instant) => ({ preregisteredAt: now, expiresAt: plus(now, { days: VALIDITY_DAYS }) });
