import { listResellersOf } from '#lib/partners/index.ts';
import { loadPermissionOf, type PermittedReseller } from './permission.ts';

export interface ResellerFilter {
  /** Part of the company's name, in any case. */
  readonly name?: string;
  readonly budgetFreezeAuthorized?: boolean;
  readonly onBehalfAuthorized?: boolean;
}

/** A distributor's resellers with what it lets them do, newest first; filtered, a page may be short while more follow. */
export async function listResellers(
  distributorId: string,
  filter: ResellerFilter,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ resellers: PermittedReseller[]; nextKey?: Record<string, unknown> }> {
  const { partners, nextKey } = await listResellersOf(distributorId, page);
  const named = partners.filter(({ companyName }) => isNamed(companyName, filter.name));
  const resellers = await Promise.all(
    named.map(async (reseller) => ({ reseller, ...(await loadPermissionOf(reseller.partnerId)) })),
  );
  return { resellers: resellers.filter((each) => isPermitted(each, filter)), nextKey };
}

const isNamed = (companyName: string, part = ''): boolean => companyName.toLowerCase().includes(part.toLowerCase());

const isPermitted = (reseller: PermittedReseller, filter: ResellerFilter): boolean =>
  agrees(reseller.budgetFreezeAuthorized, filter.budgetFreezeAuthorized) &&
  agrees(reseller.onBehalfAuthorized, filter.onBehalfAuthorized);

const agrees = (is: boolean, wanted: boolean | undefined): boolean => wanted === undefined || is === wanted;
