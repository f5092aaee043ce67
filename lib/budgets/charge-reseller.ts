import type { Association } from '#lib/customers/index.ts';
import type { PartnerStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { isNothing, type QuotaCharge, requireRoom } from './quota.ts';
import { chargeQuota, loadQuota } from './quota-store.ts';
import { type Booking, chargeReservation, releaseStale } from './reservation-store.ts';

export interface Charging {
  readonly association: Association;
  /** A reseller is held to its quota, a distributor is not (CUS-088, CUS-089). */
  readonly acting: PartnerStanding;
  /** Room that the batch put aside before. */
  readonly booking?: Booking;
}

/** What a change of budgets does to the reseller's quota; nothing for a tier-1 partner's own customers. @throws Refusal QUOTA_EXCEEDED */
export async function chargeReseller(
  { association: { resellerId }, acting, booking }: Charging,
  charge: QuotaCharge,
  now: Instant,
): Promise<Write[]> {
  if (resellerId === undefined || isNothing(charge)) return [];
  if (booking) return chargeReservation(booking, charge);
  const enforced = acting.type === 'reseller';
  if (enforced) await requireRoomIn(resellerId, charge, now);
  return chargeQuota(resellerId, charge, enforced);
}

/** Answers with the figures of the quota; what decides is the condition of the write. @throws Refusal QUOTA_EXCEEDED */
export async function requireRoomIn(resellerId: string, charge: QuotaCharge, now: Instant): Promise<void> {
  const quota = await loadQuota(resellerId);
  try {
    requireRoom(quota, charge);
  } catch (refusal) {
    if (!(await releaseStale(resellerId, now))) throw refusal;
    requireRoom(await loadQuota(resellerId), charge);
  }
}
