import * as z from 'zod';
import type { Actor } from '#lib/shared/actor.ts';
import { newId } from '#lib/shared/ids.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { appendBreach } from './breach-store.ts';

/** DEV-141: what the platform may do when a partner breaks what it committed itself to. */
export const BREACH_MEASURES = [
  'oral-warning',
  'written-warning',
  'revenue-reduction',
  'revenue-cancellation',
  'incentive-reduction',
  'incentive-cancellation',
  'partner-identity-cancellation',
  'compensation-claim',
  'legal-action',
] as const;
export type BreachMeasure = (typeof BREACH_MEASURES)[number];

/** A record, nothing more: what a measure leads to is done where it belongs. */
export interface Breach {
  readonly breachId: string;
  readonly partnerId: string;
  readonly measures: readonly BreachMeasure[];
  readonly description: string;
  readonly recordedBy: string;
  readonly recordedAt: Instant;
}

export const breachView = z.object({
  breachId: z.string(),
  partnerId: z.string(),
  measures: z.array(z.enum(BREACH_MEASURES)),
  description: z.string(),
  recordedBy: z.string(),
  recordedAt: z.string(),
});

export const toBreachView = (breach: Breach): z.input<typeof breachView> => ({
  ...breach,
  measures: [...breach.measures],
});

export async function recordBreach(
  partnerId: string,
  wish: Pick<Breach, 'measures' | 'description'>,
  actor: Actor,
  now: Instant,
): Promise<Breach> {
  const breach: Breach = {
    breachId: newId('brc', now),
    partnerId,
    measures: [...new Set(wish.measures)],
    description: wish.description,
    recordedBy: actor.id,
    recordedAt: now,
  };
  const { breachId, measures } = breach;
  await transact({ writes: [appendBreach(breach)], trace: { partnerId, after: { breachId, measures } } });
  return breach;
}
