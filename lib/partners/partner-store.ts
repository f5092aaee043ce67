import { getItem, type Item, queryPage } from '#lib/shared/dynamodb.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { isBilled, type Partner } from './partner.ts';

const key = (partnerId: string) => ({ pk: `PARTNER#${partnerId}`, sk: 'PROFILE' });
const distributorIndex = { index: 'byDistributor', keys: { pk: 'distributorId', sk: 'listSort' } } as const;
const listIndex = { index: 'byList', keys: { pk: 'listKey', sk: 'listSort' } } as const;

export async function loadPartner(partnerId: string): Promise<Partner | undefined> {
  const item = await getItem('partners', key(partnerId));
  return item && toPartner(item);
}

export function putNewPartner(partner: Partner): Write {
  return {
    table: 'partners',
    put: { ...key(partner.partnerId), ...partner, ...indexKeys(partner) },
    condition: 'attribute_not_exists(pk)',
    onConflict: sharedErrors.CONCURRENT_CHANGE,
  };
}

/** Replaces a partner's profile under its version (spec note 19). */
export const replacePartner = (before: Partner, after: Partner): Write => ({
  table: 'partners',
  put: { ...key(after.partnerId), ...after, version: before.version + 1, ...indexKeys(after) },
  condition: 'version = :seen',
  values: { ':seen': before.version },
  onConflict: sharedErrors.VERSION_CONFLICT,
});

export interface PartnerPage {
  readonly partners: Partner[];
  readonly nextKey?: Record<string, unknown>;
}
type Page = { readonly limit: number; readonly startKey?: Record<string, unknown> };

/** Partners that get a platform bill (FIN-01), or those that do not, oldest first: the order in which jobs walk them. */
export async function listPartners(which: 'billed' | 'reseller', page: Page): Promise<PartnerPage> {
  const answer = await queryPage({ table: 'partners', ...listIndex, pk: which, ...page });
  return { partners: answer.items.map(toPartner), nextKey: answer.nextKey };
}

/** A distributor's resellers, newest first. */
export async function listResellersOf(distributorId: string, page: Page): Promise<PartnerPage> {
  const answer = await queryPage({
    table: 'partners',
    ...distributorIndex,
    pk: distributorId,
    newestFirst: true,
    ...page,
  });
  return { partners: answer.items.map(toPartner), nextKey: answer.nextKey };
}

function indexKeys(partner: Partner): Record<string, string> {
  return {
    listKey: isBilled(partner.type) ? 'billed' : 'reseller',
    listSort: `${partner.registeredAt}#${partner.partnerId}`,
  };
}

function toPartner(item: Item): Partner {
  const { pk: _pk, sk: _sk, listKey: _listKey, listSort: _listSort, ...partner } = item;
  return partner as unknown as Partner;
}
