import { getItem, type Item, queryPage } from '#lib/shared/dynamodb.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Campaign } from './campaign.ts';

const TABLE = 'customer-development';
const LIST = 'CAMPAIGNS#platform';
const key = (campaignId: string) => ({ pk: `CAMPAIGN#${campaignId}`, sk: 'CAMPAIGN' });
const listIndex = { index: 'byPartner', keys: { pk: 'partnerKey', sk: 'partnerSort' } } as const;

/** In the list by the end of its period, so that what is over need not be read. */
export const putNewCampaign = (campaign: Campaign): Write => ({
  table: TABLE,
  put: {
    ...key(campaign.campaignId),
    ...campaign,
    partnerKey: LIST,
    partnerSort: `${campaign.validUntil}#${campaign.campaignId}`,
  },
  condition: 'attribute_not_exists(pk)',
});

export async function loadCampaign(campaignId: string): Promise<Campaign | undefined> {
  const item = await getItem(TABLE, key(campaignId));
  return item && toCampaign(item);
}

/** Campaigns that end after `now`, the next to end first; those that have not begun are among them. */
export async function listCampaigns(
  now: Instant,
  page: { limit: number; startKey?: Record<string, unknown> },
): Promise<{ campaigns: Campaign[]; nextKey?: Record<string, unknown> }> {
  const sk = { from: `${now}#~` }; // behind everything that ends at `now`
  const answer = await queryPage({ table: TABLE, ...listIndex, pk: LIST, sk, ...page });
  return { campaigns: answer.items.map(toCampaign), nextKey: answer.nextKey };
}

function toCampaign(item: Item): Campaign {
  const { pk: _pk, sk: _sk, partnerKey: _partnerKey, partnerSort: _partnerSort, ...campaign } = item;
  return campaign as unknown as Campaign;
}
