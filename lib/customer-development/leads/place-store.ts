import { getItem } from '#lib/shared/dynamodb.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Lead } from './lead.ts';
import { PLACES, placeOf } from './places.ts';

const TABLE = 'customer-development';
const key = (partnerId: string) => ({ pk: `PARTNER#${partnerId}`, sk: 'LEADS' });

/** The places a partner's leads take, lapsed ones included until somebody tidies up. */
export async function loadPlaces(partnerId: string): Promise<readonly string[]> {
  const item = await getItem(TABLE, key(partnerId), { consistent: true });
  return item?.places instanceof Set ? [...item.places].map(String) : [];
}

/** Takes a place in the transaction of the lead; the 101st at the same moment finds none (DEV-23). */
export const takePlace = (lead: Lead): Write => ({
  table: TABLE,
  update: key(lead.partnerId),
  set: 'ADD places :place',
  condition: 'attribute_not_exists(places) OR size(places) < :all',
  values: { ':place': new Set([placeOf(lead)]), ':all': PLACES },
});

/** Frees the place at once (DEV-24). Who has none any more, having expired before, loses none. */
export const freePlace = (lead: Lead): Write => ({
  table: TABLE,
  update: key(lead.partnerId),
  set: 'DELETE places :place',
  condition: 'attribute_exists(pk)',
  values: { ':place': new Set([placeOf(lead)]) },
});

/** The lead keeps its place, which from now on ends with it. */
export const datePlace = (places: readonly string[], before: Lead, after: Lead): Write => ({
  table: TABLE,
  update: key(after.partnerId),
  set: 'SET places = :after',
  condition: 'places = :before',
  values: {
    ':before': new Set(places),
    ':after': new Set([...places.filter((place) => place !== placeOf(before)), placeOf(after)]),
  },
});
