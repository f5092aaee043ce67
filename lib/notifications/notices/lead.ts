import { manualReviewsDue, preRegistrationExpired, preRegistrationReviewed } from '#events/leads.ts';
import { loadLead, maskCustomerEmail, maskCustomerName } from '#lib/customer-development/index.ts';
import type { Partner } from '#lib/partners/index.ts';
import { loadMember } from '#lib/shared/identities.ts';
import { memberInbox, OPERATORS_INBOX, roleInbox } from '../inbox.ts';
import type { Destination } from '../message.ts';
import type { Values } from '../templates/content.ts';
import { nextOpening } from '../working-hours.ts';
import { composer } from './composer.ts';
import { contactMail, OPERATORS_VOICE, requirePartner, voiceOf } from './voice.ts';

/** DEV-06, DEV-50: what became of the manual review. */
export const leadReviewedNotice = composer(preRegistrationReviewed, async (detail, { now }) => {
  const partner = await requirePartner(detail.partnerId);
  const { language, time, zone } = voiceOf(partner);
  const { decision, comment = '', decidedAt, expiresAt } = detail;
  return [
    {
      template: decision === 'approve' ? 'lead-approved' : 'lead-rejected',
      language,
      values: {
        ...(await customerValues(detail.leadId)),
        comment,
        decidedAt: time(decidedAt),
        expiresAt: expiresAt ? time(expiresAt) : '',
      },
      destinations: await toAdminsAndMember(partner, detail.createdBy),
      sendAfter: nextOpening(now, zone),
    },
  ];
});

/** DEV-06: the lead has lapsed and anybody may have the customer. */
export const leadExpiredNotice = composer(preRegistrationExpired, async (detail, { now }) => {
  const partner = await requirePartner(detail.partnerId);
  const { language, time, zone } = voiceOf(partner);
  return [
    {
      template: 'lead-expired',
      language,
      values: { ...(await customerValues(detail.leadId)), expiredAt: time(detail.expiredAt) },
      destinations: await toAdminsAndMember(partner, detail.createdBy),
      sendAfter: nextOpening(now, zone),
    },
  ];
});

/** DEV-199. */
export const manualReviewsDueNotice = composer(manualReviewsDue, async (detail, { occurredAt }) => [
  {
    template: 'manual-reviews-due',
    language: OPERATORS_VOICE.language,
    values: { day: detail.day, dueToday: String(detail.dueToday), overdue: String(detail.overdue) },
    destinations: [{ channel: 'in-app', to: OPERATORS_INBOX }],
    sendAfter: occurredAt,
  },
]);

/** Enough to recognise the customer by; a notice is no reveal (DEV-189). */
async function customerValues(leadId: string): Promise<Values> {
  const lead = await loadLead(leadId);
  if (!lead) throw new Error(`no lead ${leadId}`); // an event names a lead that was stored with it
  return { customerName: maskCustomerName(lead.customerName), email: maskCustomerEmail(lead.email) };
}

/** Inside the product and by mail; a member that left is not written to. */
async function toAdminsAndMember(partner: Partner, memberId: string): Promise<Destination[]> {
  const member = await loadMember(memberId);
  const present = member?.status === 'normal' && member.partnerId === partner.partnerId ? member : undefined;
  return [
    { channel: 'in-app', to: roleInbox(partner.partnerId, 'admin') },
    ...contactMail(partner),
    ...(present
      ? ([
          { channel: 'in-app', to: memberInbox(memberId) },
          { channel: 'email', to: present.email },
        ] as const)
      : []),
  ];
}
