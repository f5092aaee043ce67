import type { AssociationType } from '#lib/customers/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import type { PartnerStanding } from '#lib/shared/standing.ts';
import { leadErrors } from '../leads/errors.ts';

/**
 * May the partner take customers in this model at all? Referral needs the operator's switch and is closed to resellers, the reseller
 * model is closed to who pays in advance.
 * @throws Refusal ASSOCIATION_TYPE_NOT_ALLOWED (DEV-09, DEV-10, DEV-57), PREPAID_PARTNER (DEV-58)
 */
export function requireOpenType(
  { type: partnerType, grants, prepaid }: Pick<PartnerStanding, 'type' | 'grants' | 'prepaid'>,
  type: AssociationType,
): void {
  const referralOpen = partnerType !== 'reseller' && grants.includes('referral-model');
  if (type === 'referral' && !referralOpen) throw new Refusal(leadErrors.ASSOCIATION_TYPE_NOT_ALLOWED);
  if (type === 'reseller' && prepaid) throw new Refusal(leadErrors.PREPAID_PARTNER);
}
