import type { AssociationType } from '#lib/customers/index.ts';
import type { Partner } from '#lib/partners/index.ts';
import { type ErrorDefinition, Refusal } from '#lib/shared/errors.ts';
import type { PartnerStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { leadErrors } from './errors.ts';
import type { LeadWish } from './lead.ts';
import { PLACES, takenPlaces } from './places.ts';
import type { Reasons } from './reasons.ts';
import type { Reservation } from './reservation.ts';

/** What the partner itself is refused for, before its customer is looked at (DEV-218). @throws Refusal PARTNER_CONTACT_MISSING, ASSOCIATION_TYPE_NOT_ALLOWED, PREPAID_PARTNER */
export function checkPartner({ contact }: Partner, standing: PartnerStanding, type: AssociationType): void {
  if (!contact.email && !contact.mobileNumber) throw new Refusal(leadErrors.PARTNER_CONTACT_MISSING); // DEV-21
  checkAssociationType(standing, type);
}

/** @throws Refusal ASSOCIATION_TYPE_NOT_ALLOWED, PREPAID_PARTNER */
export function checkAssociationType(standing: PartnerStanding, wished: AssociationType): void {
  const closed = whyTypeClosed(standing, wished);
  if (closed) throw new Refusal(closed);
}

/** What keeps a partner from winning customers in a model (DEV-09, DEV-10, DEV-58). */
export function whyTypeClosed(
  { type, grants, prepaid }: PartnerStanding,
  wished: AssociationType,
): ErrorDefinition | undefined {
  const referralOpen = type !== 'reseller' && grants.includes('referral-model');
  if (wished === 'referral' && !referralOpen) return leadErrors.ASSOCIATION_TYPE_NOT_ALLOWED;
  return wished === 'reseller' && prepaid ? leadErrors.PREPAID_PARTNER : undefined;
}

/** What the partner's leads stand against (DEV-38, DEV-23). @throws Refusal DUPLICATE_PREREGISTRATION, PREREGISTRATION_LIMIT */
export function checkHoldings(
  partnerId: string,
  reservation: Reservation | undefined,
  places: readonly string[],
  now: Instant,
): void {
  if (reservation?.partnerId === partnerId) throw new Refusal(leadErrors.DUPLICATE_PREREGISTRATION);
  if (takenPlaces(places, now) >= PLACES) throw new Refusal(leadErrors.PREREGISTRATION_LIMIT);
}

/** Every reason at once; the first of them, hard ones leading, names the refusal. A review is offered when all can be reviewed (DEV-37). */
export function refusalFor({ hard, reviewable }: Reasons, wish: LeadWish): Refusal | undefined {
  const [first] = [...hard, ...reviewable];
  if (first === undefined) return undefined;
  return new Refusal(leadErrors[first], {
    reasons: [
      ...hard.map((code) => ({ code, class: 'hard' })),
      ...reviewable.map((code) => ({ code, class: 'reviewable' })),
    ],
    reviewOffer: hard.length === 0 ? { operation: 'request-manual-review', lead: asEntered(wish) } : null,
  });
}

const asEntered = ({ customerName, email, mobileNumber, associationType, remarks }: LeadWish): LeadWish => ({
  customerName,
  email,
  mobileNumber,
  associationType,
  remarks,
});
