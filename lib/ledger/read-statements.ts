import type { Actor } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { type Instant, plusMonths } from '#lib/shared/time.ts';
import type { StatementEntry } from './account.ts';
import { ledgerErrors } from './errors.ts';
import type { StatementType } from './posting.ts';
import { listStatements } from './statement-store.ts';

const MONTHS_SERVED = 12;

export interface StatementWish {
  readonly from?: Instant;
  readonly to?: Instant;
  readonly types?: readonly StatementType[];
}

/**
 * FIN-155: across months, but a partner's own only 12 months back; an operator, whom a partner asks for older ones, reads all.
 * @throws Refusal CONTACT_OPERATOR
 */
export function servedRange(actor: Actor, { from, to, types }: StatementWish, now: Instant) {
  const first = plusMonths(now, -MONTHS_SERVED);
  if (actor.kind !== 'operator' && from !== undefined && from < first) throw new Refusal(ledgerErrors.CONTACT_OPERATOR);
  return { from: from ?? first, to: to ?? now, types };
}

export type StatementPage = Parameters<typeof listStatements>[2];

/** Rows of a partner's statement in a served range, the newest first. @throws Refusal CONTACT_OPERATOR */
export const readStatements = (
  actor: Actor,
  partnerId: string,
  wish: StatementWish,
  page: StatementPage,
  now: Instant,
): Promise<{ entries: StatementEntry[]; nextKey?: Record<string, unknown> }> =>
  listStatements(partnerId, servedRange(actor, wish, now), page);
