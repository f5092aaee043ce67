import * as z from 'zod';
import { type PartnerGrant, type PartnerStanding, putStanding, requireStanding } from '#lib/shared/standing.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { Partner } from './partner.ts';

/** What operators switch per partner: rights of ORG-11, and how it pays. */
export const switchesView = z.object({
  partnerId: z.string(),
  customerDevelopment: z.boolean(),
  referralModel: z.boolean(),
  disassociation: z.boolean(),
  prepaid: z.boolean(),
  version: z.number().int(),
});

export const toSwitchesView = ({ partnerId, grants, prepaid = false, version }: PartnerStanding) => ({
  partnerId,
  customerDevelopment: grants.includes('customer-development'),
  referralModel: grants.includes('referral-model'),
  disassociation: grants.includes('disassociation'),
  prepaid,
  version,
});

/** The rights that an operator alone gives; the others come from a distributor. */
export type OperatorGrant = Extract<PartnerGrant, 'customer-development' | 'referral-model' | 'disassociation'>;

/** DEV-09, DEV-22: gives a right or takes it back; what was done under it stays. A repetition changes nothing. */
export const switchGrant = (partner: Partner, grant: OperatorGrant, enabled: boolean): Promise<PartnerStanding> =>
  change(partner, (standing) => ({
    ...standing,
    grants: [...standing.grants.filter((each) => each !== grant), ...(enabled ? [grant] : [])],
  }));

/** DEV-58. A repetition changes nothing. */
export const switchPrepaid = (partner: Partner, prepaid: boolean): Promise<PartnerStanding> =>
  change(partner, (standing) => ({ ...standing, prepaid }));

/** @throws Refusal VERSION_CONFLICT when the standing was changed meanwhile */
async function change(
  { partnerId }: Partner,
  decide: (standing: PartnerStanding) => PartnerStanding,
): Promise<PartnerStanding> {
  const before = await requireStanding(partnerId);
  const after = { ...decide(before), version: before.version + 1 };
  const [was, is] = [toSwitchesView(before), toSwitchesView(after)];
  if (JSON.stringify({ ...was, version: is.version }) === JSON.stringify(is)) return before;
  await transact({ writes: [putStanding(after, before.version)], trace: { partnerId, before: was, after: is } });
  return after;
}
