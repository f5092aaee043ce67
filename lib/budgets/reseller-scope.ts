import { loadPartner, type Partner } from '#lib/partners/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import type { Scope } from '#lib/shared/operation.ts';

/** The reseller named in the path: to itself, to its distributor and to operators. */
export const resellerScope: Scope<Partner> = {
  name: 'reseller',
  parameter: 'resellerId',
  notFound: sharedErrors.PARTNER_NOT_FOUND,
  load: async (actor, resellerId) => {
    const partner = await loadPartner(resellerId);
    if (partner?.type !== 'reseller') return undefined;
    const visible =
      actor.kind === 'operator' ||
      (actor.kind === 'member' && (actor.partnerId === resellerId || actor.partnerId === partner.distributorId));
    return visible ? partner : undefined;
  },
};
