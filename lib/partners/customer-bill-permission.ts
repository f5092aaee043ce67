import * as z from 'zod';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { type PartnerStanding, putStanding } from '#lib/shared/standing.ts';
import { transact } from '#lib/shared/transaction.ts';

export const billPermissionView = z.object({
  revokeBillAndCostAccess: z
    .boolean()
    .meta({ description: 'No customer of the partner in the reseller model sees its bills and costs' }),
  version: z.number().int(),
});

export const toBillPermissionView = ({ revokeBillAndCostAccess = false, version }: PartnerStanding) => ({
  revokeBillAndCostAccess,
  version,
});

/**
 * ORG-73: takes the view of bills and costs from all reseller-model customers of the partner, later ones included, or gives it back.
 * @throws Refusal VERSION_CONFLICT
 */
export async function setBillPermission(
  standing: PartnerStanding,
  wish: { readonly revokeBillAndCostAccess: boolean; readonly expectedVersion: number },
): Promise<PartnerStanding> {
  if (standing.version !== wish.expectedVersion) throw new Refusal(sharedErrors.VERSION_CONFLICT);
  const { revokeBillAndCostAccess } = wish;
  const before = standing.revokeBillAndCostAccess ?? false;
  if (before === revokeBillAndCostAccess) return standing;
  await transact({
    writes: [putStanding({ ...standing, revokeBillAndCostAccess }, standing.version)],
    trace: { before: { revokeBillAndCostAccess: before }, after: { revokeBillAndCostAccess } },
  });
  return { ...standing, revokeBillAndCostAccess, version: standing.version + 1 };
}
