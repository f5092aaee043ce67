import type { AssociationType } from '#lib/customers/index.ts';
import type { Instant } from '#lib/shared/time.ts';

export const LINK_KINDS = ['general', 'custom', 'promotional'] as const;
export const TAG_MODES = ['customize', 'dedicated'] as const;
export type TagMode = (typeof TAG_MODES)[number];

/** A link that a partner hands over outside the system, as URL or QR code; it serves any number of new customers (DEV-69, DEV-76). */
export interface InvitationLink {
  readonly linkId: string;
  readonly partnerId: string;
  readonly ownerMemberId: string;
  readonly kind: (typeof LINK_KINDS)[number];
  readonly associationType: AssociationType;
  /** Custom links only: a free tag, or a chosen account manager (DEV-72). */
  readonly tagMode?: TagMode;
  readonly customTag?: string;
  /** Whom its customers are assigned to: the chosen one, else the owner if it is an account manager or director (DEV-71, DEV-73). */
  readonly accountManagerId?: string;
  readonly remarks?: string;
  /** Stored links only; general and promotional ones follow from member, type and campaign. */
  readonly createdAt?: Instant;
  /** Promotional links only (DEV-77). */
  readonly validFrom?: Instant;
  readonly validUntil?: Instant;
}
