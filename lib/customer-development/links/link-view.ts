import * as z from 'zod';
import { associationTypeField } from '../invitations/invitation-view.ts';
import { type InvitationLink, LINK_KINDS, TAG_MODES } from './link.ts';
import { urlOfLink } from './link-token.ts';

/** Stands in URLs as it is, so that it can be read there. */
export const customTagField = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,64}$/, 'must be 1 to 64 letters, digits, _, - or .')
  .meta({ examples: ['fair-2024'] });
export const remarksField = z.string().trim().max(100);

export const linkView = z.object({
  linkId: z.string(),
  kind: z.enum(LINK_KINDS),
  associationType: associationTypeField,
  tagMode: z.enum(TAG_MODES).nullable(),
  customTag: z.string().nullable(),
  accountManagerId: z.string().nullable().meta({ description: 'Whom its customers are assigned to' }),
  ownerMemberId: z.string(),
  remarks: z.string().nullable(),
  url: z.string(),
  qrCode: z.object({ png: z.string(), svg: z.string() }).meta({ description: 'Where the pictures are' }),
  createdAt: z.string().nullable(),
  validFrom: z.string().nullable(),
  validUntil: z.string().nullable(),
});

export function toLinkView(link: InvitationLink): z.input<typeof linkView> {
  const picture = `/v1/invitation-links/${encodeURIComponent(link.linkId)}/qr-code`;
  return {
    linkId: link.linkId,
    kind: link.kind,
    associationType: link.associationType,
    tagMode: link.tagMode ?? null,
    customTag: link.customTag ?? null,
    accountManagerId: link.accountManagerId ?? null,
    ownerMemberId: link.ownerMemberId,
    remarks: link.remarks ?? null,
    url: urlOfLink(link),
    qrCode: { png: `${picture}.png`, svg: `${picture}.svg` },
    createdAt: link.createdAt ?? null,
    validFrom: link.validFrom ?? null,
    validUntil: link.validUntil ?? null,
  };
}
