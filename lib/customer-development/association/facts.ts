import type { AccountFacts } from '#lib/accounts/index.ts';
import { type AssociationType, activeAssociation, type Customer, managingPartner } from '#lib/customers/index.ts';
import type { PartnerStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { type Lead, leadAt, normaliseEmail } from '../leads/lead.ts';
import { loadLead } from '../leads/lead-store.ts';
import { liveReservation } from '../leads/reservation.ts';
import { loadAssociationSettings } from './association-settings.ts';
import { type AssociationFacts, type FailureCode, type LinkFacts, waivedBy } from './failure.ts';

/** The two who are to be associated, as they are now. */
export interface Pair {
  readonly type: AssociationType;
  readonly standing: PartnerStanding;
  readonly account: AccountFacts;
  readonly customer: Customer;
}

export interface GatheredFacts {
  readonly facts: AssociationFacts;
  /** The partner's own lead that ends with the association (DEV-79, DEV-105). */
  readonly lead?: Lead;
}

/**
 * Everything that the checks look at, read now and consistently.
 * @param options.leadId the lead that was invited, if one was
 * @param options.waived causes that a ticket sets aside
 */
export async function gatherFacts(
  pair: Pair,
  options: { readonly link?: LinkFacts; readonly leadId?: string; readonly waived?: ReadonlySet<FailureCode> },
  now: Instant,
): Promise<GatheredFacts> {
  const { type, standing, account, customer } = pair;
  const [reservation, settings] = await Promise.all([
    liveReservation(normaliseEmail(account.email), now),
    loadAssociationSettings(),
  ]);
  const own = reservation?.partnerId === standing.partnerId;
  const lead = await endingLead(own ? reservation.leadId : options.leadId, now);
  const association = activeAssociation(customer);
  const valid = lead !== undefined && leadAt(lead, now).status === 'pre-registered';
  return {
    lead,
    facts: {
      type,
      link: options.link,
      prepaid: standing.prepaid === true,
      referralExcludedByRelationship: standing.type === 'reseller' || !standing.grants.includes('referral-model'),
      referralExcludedByCountry: settings.referralExcludedCountries.includes(account.country),
      account,
      reservedByOther: reservation !== undefined && !own,
      associatedWithOther: association !== undefined && managingPartner(association) !== standing.partnerId,
      invoiceLimit: settings.outstandingInvoiceLimit,
      waived: options.waived ?? waivedBy(valid ? lead.waivers : []), // DEV-95: a still valid lead's only
    },
  };
}

/** The lead that becomes Associated: valid or lapsed; one under review is left to its reviewer. */
async function endingLead(leadId: string | undefined, now: Instant): Promise<Lead | undefined> {
  const lead = leadId === undefined ? undefined : await loadLead(leadId, { consistent: true });
  const ends = lead && ['pre-registered', 'expired'].includes(leadAt(lead, now).status);
  return ends ? lead : undefined;
}
