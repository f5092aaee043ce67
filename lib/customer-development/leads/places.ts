import type { Instant } from '#lib/shared/time.ts';
import type { Lead } from './lead.ts';

/** DEV-23: leads under review and valid ones, per partner account (DEV-24). */
export const PLACES = 100;
const REVIEW = 'review';

/**
 * A place says by itself until when it is taken, so that the number of taken ones is exact at any instant, without a counter that
 * could drift: `<expiresAt>#<leadId>`, or `review#<leadId>` while the review goes on.
 */
export const placeOf = ({ leadId, expiresAt }: Pick<Lead, 'leadId' | 'expiresAt'>): string =>
  `${expiresAt ?? REVIEW}#${leadId}`;

export const takenPlaces = (places: readonly string[], now: Instant): number =>
  places.filter((place) => !isLapsed(place, now)).length;

/** Leads whose places are taken though their time is up, the longest lapsed first. */
export function lapsedLeads(places: readonly string[], now: Instant): string[] {
  const lapsed = places.filter((place) => isLapsed(place, now)).sort();
  return lapsed.map((place) => place.slice(place.indexOf('#') + 1));
}

const isLapsed = (place: string, now: Instant): boolean => {
  const until = place.slice(0, place.indexOf('#'));
  return until !== REVIEW && until <= now;
};
