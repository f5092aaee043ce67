import { getItem, type Item, queryPage } from '#lib/shared/dynamodb.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { InvitationLink } from './link.ts';

const TABLE = 'customer-development';
const key = (linkId: string) => ({ pk: `LINK#${linkId}`, sk: 'LINK' });
const partnerIndex = { index: 'byPartner', keys: { pk: 'partnerKey', sk: 'partnerSort' } } as const;

export const putNewLink = (link: InvitationLink): Write => ({
  table: TABLE,
  put: {
    ...key(link.linkId),
    ...link,
    partnerKey: `LINK#${link.partnerId}`,
    partnerSort: `${link.createdAt}#${link.linkId}`,
  },
  condition: 'attribute_not_exists(pk)',
});

export async function loadStoredLink(linkId: string): Promise<InvitationLink | undefined> {
  const item = await getItem(TABLE, key(linkId));
  return item && toLink(item);
}

/** Custom links of a partner, newest first: its generation records (DEV-75). */
export async function listStoredLinks(
  partnerId: string,
  page: { limit: number; startKey?: Record<string, unknown> },
): Promise<{ links: InvitationLink[]; nextKey?: Record<string, unknown> }> {
  const pk = `LINK#${partnerId}`;
  const answer = await queryPage({ table: TABLE, ...partnerIndex, pk, newestFirst: true, ...page });
  return { links: answer.items.map(toLink), nextKey: answer.nextKey };
}

/** From where the list goes on behind this link. */
export const positionOfLink = (link: InvitationLink): Record<string, unknown> => ({
  ...key(link.linkId),
  partnerKey: `LINK#${link.partnerId}`,
  partnerSort: `${link.createdAt}#${link.linkId}`,
});

function toLink(item: Item): InvitationLink {
  const { pk: _pk, sk: _sk, partnerKey: _partnerKey, partnerSort: _partnerSort, ...link } = item;
  return link as unknown as InvitationLink;
}
