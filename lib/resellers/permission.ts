import { loadQuota } from '#lib/budgets/index.ts';
import { listSigned } from '#lib/customer-development/index.ts';
import type { Partner } from '#lib/partners/index.ts';
import { type GrantChange, listGrantChanges } from '#lib/shared/grant-history.ts';
import { type PartnerStanding, requireStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { LETTER, ON_BEHALF } from './delegation.ts';

type Quota = Awaited<ReturnType<typeof loadQuota>>;

/** What a distributor lets one reseller do (entity ResellerPermission). */
export interface ResellerPermission {
  readonly resellerId: string;
  readonly budgetFreezeAuthorized: boolean;
  readonly quota: Quota;
  readonly onBehalfAuthorized: boolean;
}

/** A reseller with its permission, for lists. */
export interface PermittedReseller extends ResellerPermission {
  readonly reseller: Partner;
}

export interface DetailedPermission extends ResellerPermission {
  /** The distributor's signature under its commitment letter, the newest one. */
  readonly letter?: { readonly version: string; readonly signedAt: Instant };
  readonly history: { readonly changes: readonly GrantChange[]; readonly nextKey?: Record<string, unknown> };
}

export async function loadPermissionOf(resellerId: string): Promise<ResellerPermission> {
  const [standing, quota] = await Promise.all([requireStanding(resellerId), loadQuota(resellerId)]);
  return { resellerId, quota, ...switchesOf(standing) };
}

/** @param page of the history, newest first */
export async function loadDetailedPermission(
  { partnerId: resellerId, distributorId = '' }: Partner,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<DetailedPermission> {
  const [permission, signed, history] = await Promise.all([
    loadPermissionOf(resellerId),
    listSigned({ kind: 'partner', id: distributorId }),
    listGrantChanges(resellerId, page),
  ]);
  return { ...permission, letter: signed.find(({ code }) => code === LETTER), history };
}

const switchesOf = ({ grants }: PartnerStanding) => ({
  budgetFreezeAuthorized: grants.includes('budget-and-freeze'),
  onBehalfAuthorized: grants.includes(ON_BEHALF),
});
