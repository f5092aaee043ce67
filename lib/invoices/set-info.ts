import { loadPartner, type Partner } from '#lib/partners/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { entityFor, type IssuingEntity } from './entity.ts';
import { listEntities } from './entity-store.ts';
import { changeInfo, type InfoWish, type InvoiceInfo } from './info.ts';
import { loadInfo, putInfo } from './info-store.ts';

export interface InfoOfPartner {
  readonly info: InvoiceInfo;
  readonly partner: Partner;
  /** Who issues its invoices; nobody until operators have set one. */
  readonly entity?: IssuingEntity;
}

export async function readInfo(partnerId: string): Promise<InfoOfPartner> {
  const [info, partner, entities] = await Promise.all([loadInfo(partnerId), loadPartner(partnerId), listEntities()]);
  if (!partner) throw new Refusal(sharedErrors.PARTNER_NOT_FOUND);
  return { info, partner, entity: entityFor(entities, partner) };
}

/** FIN-118: holds for invoices created later. @throws Refusal TAX_ID_READ_ONLY, EMAIL_REQUIRED, VERSION_CONFLICT */
export async function setInfo(
  partnerId: string,
  { expectedVersion, ...wish }: InfoWish & { readonly expectedVersion: number },
  now: Instant,
): Promise<InfoOfPartner> {
  const { info: before, ...whose } = await readInfo(partnerId);
  if (before.version !== expectedVersion) throw new Refusal(sharedErrors.VERSION_CONFLICT);
  const info = changeInfo(before, wish, whose.partner, now);
  await transact({ writes: [putInfo(before, info)], trace: { partnerId, before, after: info } });
  return { info, ...whose };
}
