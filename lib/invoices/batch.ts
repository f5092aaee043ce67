import type { Draft } from './invoice.ts';

/** An invoice takes three places of a transaction, a credit note four, the series one of the hundred. */
const PLACES = 99;

/** As many of them, the oldest first, as one transaction takes. */
export function fitting(drafts: readonly Draft[]): Draft[] {
  let places = 0;
  return drafts.filter(({ cancels }) => {
    places += cancels === undefined ? 3 : 4;
    return places <= PLACES;
  });
}
