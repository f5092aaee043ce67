import * as z from 'zod';
import type { AssociationType } from '#lib/customers/index.ts';
import { loadPartner } from '#lib/partners/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { maskEmail } from '#lib/shared/masking.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import type { Invitation } from '../invitations/invitation.ts';
import { putInvitation } from '../invitations/invitation-store.ts';
import type { ResolvedToken } from '../invitations/resolve-token.ts';
import { currentAgreement } from './agreements-store.ts';
import { linkStateOf } from './entry.ts';
import { associationErrors } from './errors.ts';
import { requireTarget } from './way-in.ts';

const agreementPart = z.object({ version: z.string(), title: z.string(), text: z.string() });

export const offerView = z.object({
  partnerName: z.string(),
  associationType: z.enum(['reseller', 'referral']),
  invitedEmail: z.string().nullable().meta({ description: 'Masked; the address to register or log in with' }),
  expiresAt: z.string().nullable(),
  instructions: agreementPart.nullable().meta({ description: 'To be accepted, reseller model only (DEV-81)' }),
  letterOfAuthorization: agreementPart.meta({ description: 'May be accepted (DEV-83)' }),
  freezeWarning: z.string().nullable().meta({ description: 'Reseller model only' }),
  waysIn: z.array(z.enum(['register', 'log-in'])),
});

export const typeOf = (target: ResolvedToken): AssociationType =>
  target.kind === 'link' ? target.link.associationType : target.invitation.associationType;

const FREEZE_WARNING =
  'Your account is frozen when the association begins. You cannot buy, renew or change resources until the partner has set a budget for you and unfrozen your account. If you do not want that, ignore this invitation and ask the partner to have the association made by a ticket.'; // DEV-85, DEV-98, DEV-99

/** DEV-80: what a link offers. Changes nothing but the first time that it was opened. @throws Refusal LINK_NOT_FOUND, LINK_EXPIRED, LINK_USED */
export async function openInvitation(token: string, now: Instant): Promise<z.input<typeof offerView>> {
  const target = await requireTarget(token, now);
  if (target.kind === 'invitation') requireOpenable(target.invitation, now);
  const { partnerId } = target.kind === 'link' ? target.link : target.invitation;
  const [partner, instructions, letter] = await Promise.all([
    loadPartner(partnerId),
    currentAgreement('association-instructions'),
    currentAgreement('customer-authorization'),
  ]);
  if (!partner) throw new Refusal(associationErrors.LINK_NOT_FOUND);
  if (target.kind === 'invitation') await noteOpening(target.invitation, now);
  const invited = target.kind === 'invitation' ? target.invitation : undefined;
  const associationType = typeOf(target);
  const asReseller = associationType === 'reseller';
  return {
    partnerName: partner.companyName,
    associationType,
    invitedEmail: invited?.email ? maskEmail(invited.email) : null,
    expiresAt: invited?.expiresAt ?? null,
    instructions: asReseller ? instructions : null,
    letterOfAuthorization: letter,
    freezeWarning: asReseller ? FREEZE_WARNING : null,
    waysIn: target.kind === 'link' ? ['register'] : ['register', 'log-in'], // DEV-78, DEV-88
  };
}

function requireOpenable(invitation: Invitation, now: Instant): void {
  const state = linkStateOf(invitation, now);
  if (state === 'used') throw new Refusal(associationErrors.LINK_USED);
  if (state === 'expired') throw new Refusal(associationErrors.LINK_EXPIRED);
}

async function noteOpening(before: Invitation, now: Instant): Promise<void> {
  if (before.firstOpenedAt) return;
  const after = { ...before, firstOpenedAt: now, version: before.version + 1 };
  try {
    await transact({ writes: [putInvitation(after, before)] });
  } catch (error) {
    // Somebody else changed the row in this moment: what they did counts, and the next opening is noted as the first.
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
