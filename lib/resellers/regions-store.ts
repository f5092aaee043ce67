import { loadPartner } from '#lib/partners/index.ts';
import { getItem } from '#lib/shared/dynamodb.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import type { Write } from '#lib/shared/transaction.ts';

/** Countries and regions whose companies a distributor may invite (DEV-115). Version 0: never set, its own country. */
export interface Regions {
  readonly distributorId: string;
  readonly regions: readonly string[];
  readonly version: number;
}

const key = (distributorId: string) => ({ pk: `DISTRIBUTOR#${distributorId}`, sk: 'REGIONS' });

export async function loadRegions(distributorId: string): Promise<Regions> {
  const item = await getItem('resellers', key(distributorId));
  if (item) return { distributorId, regions: item.regions as string[], version: Number(item.version) };
  const distributor = await loadPartner(distributorId);
  return { distributorId, regions: distributor ? [distributor.registrationArea.countryRegion] : [], version: 0 };
}

/** Replaces the regions with version `before.version`. */
export const replaceRegions = (before: Regions, after: Regions): Write => ({
  table: 'resellers',
  put: { ...key(after.distributorId), regions: after.regions, version: after.version },
  condition: before.version === 0 ? 'attribute_not_exists(pk)' : 'version = :seen',
  values: before.version === 0 ? undefined : { ':seen': before.version },
  onConflict: sharedErrors.VERSION_CONFLICT,
});
