import type { Partner } from '#lib/partners/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import { infoErrors } from './errors.ts';

/** What a partner has printed on its invoices and where they are mailed to (FIN-114, FIN-115). */
export interface InvoiceInfo {
  readonly partnerId: string;
  readonly address?: string;
  readonly email?: string;
  readonly emailEnabled: boolean;
  readonly updatedAt?: Instant;
  readonly version: number;
}

export interface InfoWish {
  /** May be repeated, not changed. */
  readonly taxId?: string;
  readonly address?: string;
  readonly email?: string;
  readonly emailEnabled: boolean;
}

/** FIN-115: mail delivery is off until the partner turns it on. */
export const noInfo = (partnerId: string): InvoiceInfo => ({ partnerId, emailEnabled: false, version: 0 });

export function changeInfo(
  before: InvoiceInfo,
  { taxId, ...wish }: InfoWish,
  partner: Pick<Partner, 'taxId'>,
  now: Instant,
): InvoiceInfo {
  if (taxId !== undefined && taxId !== partner.taxId) throw new Refusal(infoErrors.TAX_ID_READ_ONLY); // FIN-114
  if (wish.emailEnabled && wish.email === undefined) throw new Refusal(infoErrors.EMAIL_REQUIRED); // FIN-115
  return { partnerId: before.partnerId, ...wish, updatedAt: now, version: before.version + 1 };
}
