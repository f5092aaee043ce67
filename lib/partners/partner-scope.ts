import { sharedErrors } from '#lib/shared/errors.ts';
import type { Scope } from '#lib/shared/operation.ts';
import type { Partner } from './partner.ts';
import { loadPartner } from './partner-store.ts';

/** The partner named in the path: an operator sees all, a member its own and, for a distributor, its resellers. */
export const partnerScope: Scope<Partner> = {
  name: 'partner',
  parameter: 'partnerId',
  notFound: sharedErrors.PARTNER_NOT_FOUND,
  load: async (actor, partnerId) => {
    const partner = await loadPartner(partnerId);
    if (!partner || actor.kind === 'operator') return partner;
    const visible =
      actor.kind === 'member' && (partner.partnerId === actor.partnerId || partner.distributorId === actor.partnerId);
    return visible ? partner : undefined;
  },
};

/** The partner named in the path where only its own members, or an operator, may act: members and their sign-in. */
export const ownPartnerScope: Scope<Partner> = {
  ...partnerScope,
  load: async (actor, partnerId, options) =>
    actor.kind === 'member' && actor.partnerId !== partnerId ? undefined : partnerScope.load(actor, partnerId, options),
};
