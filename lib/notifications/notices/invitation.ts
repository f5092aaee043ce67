import { invitationSent } from '#events/invitations.ts';
import { loadInvitation, sendingOf } from '#lib/customer-development/index.ts';
import type { AssociationType } from '#lib/customers/index.ts';
import type { Partner } from '#lib/partners/index.ts';
import { portalUrl } from '#lib/shared/resources.ts';
import type { Instant } from '#lib/shared/time.ts';
import { type RenderedMail, renderMail } from '../render.ts';
import type { Values } from '../templates/content.ts';
import { composer } from './composer.ts';
import { requirePartner, type Voice, voiceOf } from './voice.ts';

/** DEV-200: tries of an invitation's mail that the provider may refuse. */
const TRIES = 3;

/** DEV-61: to the invited address, in the partner's language, at once; the link is added when the mail leaves (DEV-62). */
export const invitationNotice = composer(invitationSent, async (detail, { occurredAt }) => {
  const { invitationId, sendCount } = detail;
  const invitation = await loadInvitation(invitationId);
  const open = invitation?.sendCount === sendCount && invitation.status === 'invited';
  if (!open || !invitation.email || !invitation.expiresAt) return []; // replaced or cancelled meanwhile
  const partner = await requirePartner(detail.partnerId);
  const voice = voiceOf(partner);
  const { email, associationType, expiresAt } = invitation;
  return [
    {
      template: 'customer-invitation',
      language: voice.language,
      values: {
        ...invitationValues(partner, voice, { email, associationType, expiresAt }),
        linkFolder: 'invitations',
        linkPurpose: sendingOf(invitationId, sendCount),
      },
      destinations: [{ channel: 'email', to: email }],
      sendAfter: occurredAt,
      notAfter: expiresAt,
      tries: TRIES,
      about: { id: invitationId, sendCount },
    },
  ];
});

/** The same mail to look at, without a link that opens anything (DEV-61). */
export async function previewInvitation(
  partnerId: string,
  associationType: AssociationType,
  expiresAt: Instant,
): Promise<RenderedMail> {
  const partner = await requirePartner(partnerId);
  const voice = voiceOf(partner);
  const email = voice.terms.sampleAddress;
  return renderMail('customer-invitation', voice.language, {
    ...invitationValues(partner, voice, { email, associationType, expiresAt }),
    link: `${portalUrl()}/invitations/…`,
  });
}

interface Invited {
  readonly email: string;
  readonly associationType: AssociationType;
  readonly expiresAt: Instant;
}

const invitationValues = (partner: Partner, { terms, time }: Voice, invited: Invited): Values => ({
  partnerName: partner.companyName,
  associationType: terms.associationType[invited.associationType],
  email: invited.email,
  expiresAt: time(invited.expiresAt),
  freeze: invited.associationType === 'reseller' ? terms.defaultFreeze : '',
});
