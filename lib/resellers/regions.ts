import * as z from 'zod';
import { loadPartner, type Partner } from '#lib/partners/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import type { Scope } from '#lib/shared/operation.ts';
import { transact } from '#lib/shared/transaction.ts';
import { loadRegions, type Regions, replaceRegions } from './regions-store.ts';

export const regionsView = z.object({
  distributorId: z.string(),
  regions: z.array(z.string()).meta({ description: 'ISO 3166-1 codes, sorted' }),
  version: z.number().int().meta({ description: '0 until an operator sets them: the own country of the distributor' }),
});

/** The distributor named in the path, to operators and its own members. */
export const distributorScope: Scope<Partner> = {
  name: 'distributor',
  parameter: 'distributorId',
  notFound: sharedErrors.PARTNER_NOT_FOUND,
  load: async (actor, distributorId) => {
    const partner = await loadPartner(distributorId);
    if (partner?.type !== 'distributor') return undefined;
    const visible = actor.kind === 'operator' || (actor.kind === 'member' && actor.partnerId === distributorId);
    return visible ? partner : undefined;
  },
};

/**
 * DEV-115: where a distributor may recruit. Resellers it has already, and associations that were made, stay.
 * @throws Refusal VERSION_CONFLICT
 */
export async function setRegions(
  distributorId: string,
  wish: { readonly regions: readonly string[]; readonly expectedVersion: number },
): Promise<Regions> {
  const before = await loadRegions(distributorId);
  if (before.version !== wish.expectedVersion) throw new Refusal(sharedErrors.VERSION_CONFLICT);
  const after = { distributorId, regions: [...new Set(wish.regions)].sort(), version: before.version + 1 };
  await transact({
    writes: [replaceRegions(before, after)],
    trace: { partnerId: distributorId, before: { regions: before.regions }, after: { regions: after.regions } },
  });
  return after;
}
