import type { AssociationType } from '#lib/customers/index.ts';
import type { Instant } from '#lib/shared/time.ts';

/** A campaign of the platform; inside its period every member that develops customers has a link for it (DEV-77). */
export interface Campaign {
  readonly campaignId: string;
  readonly name: string;
  readonly associationType: AssociationType;
  readonly validFrom: Instant;
  /** The link works before this instant. */
  readonly validUntil: Instant;
  readonly createdAt: Instant;
}

export const hasBegun = ({ validFrom }: Pick<Campaign, 'validFrom'>, now: Instant): boolean => validFrom <= now;
export const isOver = ({ validUntil }: Pick<Campaign, 'validUntil'>, now: Instant): boolean => validUntil <= now;
