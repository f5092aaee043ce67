import { loadPartner, type Partner } from '#lib/partners/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { changeInfo, type InfoWish, type InvoiceInfo } from './info.ts';
import { loadInfo, putInfo } from './info-store.ts';

export interface InfoOfPartner {
  readonly info: InvoiceInfo;
  readonly partner: Partner;
}

export async function readInfo(partnerId: string): Promise<InfoOfPartner> {
  const [info, partner] = await Promise.all([loadInfo(partnerId), loadPartner(partnerId)]);
  if (!partner) throw new Refusal(sharedErrors.PARTNER_NOT_FOUND);
  return { info, partner };
}

/** FIN-118: holds for invoices created later. @throws Refusal TAX_ID_READ_ONLY, EMAIL_REQUIRED, VERSION_CONFLICT */
export async function setInfo(
  partnerId: string,
  { expectedVersion, ...wish }: InfoWish & { readonly expectedVersion: number },
  now: Instant,
): Promise<InfoOfPartner> {
  const { info: before, partner } = await readInfo(partnerId);
  if (before.version !== expectedVersion) throw new Refusal(sharedErrors.VERSION_CONFLICT);
  const info = changeInfo(before, wish, partner, now);
  await transact({ writes: [putInfo(before, info)], trace: { partnerId, before, after: info } });
  return { info, partner };
}
