import * as z from 'zod';
import type { Instant } from '#lib/shared/time.ts';
import type { DeletionOutcome } from './delete-leads.ts';
import { daysLeft, LEAD_STATUSES, type Lead, leadAt, type Review } from './lead.ts';
import { maskCustomerEmail, maskCustomerMobile, maskCustomerName } from './masks.ts';
import type { Preregistered } from './preregister.ts';
import { REVIEWABLE_REASONS } from './reasons.ts';
import type { DueReview } from './reviews.ts';

const reason = z.enum(REVIEWABLE_REASONS);

const reviewView = z.object({
  reasons: z.array(reason),
  justification: z.string(),
  submittedAt: z.string(),
  dueAt: z.string(),
  decidedAt: z.string().nullable(),
  decision: z.enum(['approve', 'reject']).nullable(),
  comment: z.string().nullable(),
});

export const leadView = z.object({
  leadId: z.string(),
  customerName: z.string().meta({ description: 'Masked' }),
  email: z.string().meta({ description: 'Masked' }),
  mobileNumber: z.string().nullable().meta({ description: 'Masked' }),
  associationType: z.enum(['reseller', 'referral']),
  remarks: z.string().nullable(),
  accountManagerId: z.string().nullable(),
  createdBy: z.string(),
  status: z.enum(LEAD_STATUSES),
  createdAt: z.string(),
  preregisteredAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  daysLeft: z.number().int().nullable().meta({ description: 'Full days left after the one now running (DEV-42)' }),
  review: reviewView.nullable(),
  waivers: z.array(reason),
  customerId: z.string().nullable(),
  version: z.number().int(),
});

/** A lead as lists and details show it: as it is at `now`, personal fields masked (DEV-07, DEV-189). */
export function toLeadView(stored: Lead, now: Instant): z.input<typeof leadView> {
  const lead = leadAt(stored, now);
  return {
    ...lead,
    customerName: maskCustomerName(lead.customerName),
    email: maskCustomerEmail(lead.email),
    mobileNumber: lead.mobileNumber ? maskCustomerMobile(lead.mobileNumber) : null,
    remarks: lead.remarks ?? null,
    accountManagerId: lead.accountManagerId ?? null,
    preregisteredAt: lead.preregisteredAt ?? null,
    expiresAt: lead.expiresAt ?? null,
    daysLeft: daysLeft(lead, now) ?? null,
    review: lead.review ? toReviewView(lead.review) : null,
    waivers: [...lead.waivers],
    customerId: lead.customerId ?? null,
  };
}

const toReviewView = (review: Review): z.input<typeof reviewView> => ({
  ...review,
  reasons: [...review.reasons],
  decidedAt: review.decidedAt ?? null,
  decision: review.decision ?? null,
  comment: review.comment ?? null,
});

export const preregisteredView = leadView.extend({
  invitation: z.object({ invitationId: z.string(), expiresAt: z.string() }).nullable(),
});

export const toPreregisteredView = ({ lead, invitation }: Preregistered, now: Instant) => ({
  ...toLeadView(lead, now),
  invitation: invitation?.expiresAt ? { invitationId: invitation.invitationId, expiresAt: invitation.expiresAt } : null,
});

export const manualReviewView = leadView.extend({
  partnerId: z.string(),
  due: z.enum(['later', 'today', 'overdue']),
});

export const toManualReviewView = ({ lead, due }: DueReview, now: Instant) => ({
  ...toLeadView(lead, now),
  partnerId: lead.partnerId,
  due,
});

export const deletionView = z.object({
  items: z.array(
    z.object({
      leadId: z.string(),
      status: z.enum(['deleted', 'refused']),
      code: z.string().nullable(),
      message: z.string().nullable(),
    }),
  ),
});

/** DEV-05: one entry per item. */
export const toDeletionView = (outcomes: readonly DeletionOutcome[]): z.input<typeof deletionView> => ({
  items: outcomes.map(({ leadId, refused }) => ({
    leadId,
    status: refused ? 'refused' : 'deleted',
    code: refused?.definition.code ?? null,
    message: refused?.definition.message ?? null,
  })),
});
