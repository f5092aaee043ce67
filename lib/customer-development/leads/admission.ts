import { loadPartner, type Partner } from '#lib/partners/index.ts';
import type { Member } from '#lib/shared/actor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import type { PartnerStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { managerAmong } from '../links/manager.ts';
import { checkHoldings, checkPartner } from './checks.ts';
import { expireLead } from './expire-lead.ts';
import type { LeadOrigin, LeadWish } from './lead.ts';
import { loadLeadFacts } from './lead-facts.ts';
import { loadPlaces } from './place-store.ts';
import { lapsedLeads, PLACES } from './places.ts';
import { type Reasons, reasonsAgainst } from './reasons.ts';
import { liveReservation } from './reservation.ts';

export interface Registrant {
  readonly member: Member;
  readonly standing: PartnerStanding;
}

/** @throws Refusal PARTNER_CONTACT_MISSING, ASSOCIATION_TYPE_NOT_ALLOWED, PREPAID_PARTNER */
export async function admittedPartner({ standing }: Registrant, { associationType }: LeadWish): Promise<Partner> {
  const partner = await loadPartner(standing.partnerId);
  if (!partner) throw new Refusal(sharedErrors.PARTNER_NOT_FOUND);
  checkPartner(partner, standing, associationType);
  return partner;
}

/**
 * What speaks against a new lead, in the order of DEV-218; the platform is asked last, when nothing of our own refuses already.
 * @throws Refusal DUPLICATE_PREREGISTRATION, PREREGISTRATION_LIMIT, PLATFORM_UNAVAILABLE
 */
export async function reasonsAgainstWish({ email }: LeadWish, partner: Partner, now: Instant): Promise<Reasons> {
  const { partnerId } = partner;
  const [reservation, places] = await Promise.all([liveReservation(email, now), loadPlaces(partnerId)]);
  checkHoldings(partnerId, reservation, places, now);
  const reasons = reasonsAgainst(await loadLeadFacts(email, partner, reservation), now);
  if (places.length >= PLACES) await makeRoom(places, now);
  return reasons;
}

const ROOM = 10; // more than one, so that a partner at its limit does not tidy up at every call; the sweep does the rest

/** Places of lapsed leads are free at the instant, but the item holds no more than 100: some of them are written off first. */
async function makeRoom(places: readonly string[], now: Instant): Promise<void> {
  for (const leadId of lapsedLeads(places, now).slice(0, ROOM)) await expireLead(leadId, now);
}

/** An account manager's or director's lead is its own (DEV-71). */
export const originOf = (member: Member, now: Instant): LeadOrigin => ({
  leadId: newId('lead', now),
  partnerId: member.partnerId,
  createdBy: member.id,
  accountManagerId: managerAmong(member),
});
