import { epochMs, type Instant, plus } from '#lib/shared/time.ts';
import type { Repayment } from '../repayment.ts';

const FIRST_ASK_MINUTES = 2;
const PAUSE_MINUTES = 5;
/** A payer who has not answered its bank by then will not. */
const PATIENCE_MINUTES = 30;

/** When the processor is asked first about a charge that it did not answer. */
export const firstAskAt = (now: Instant): Instant => plus(now, { minutes: FIRST_ASK_MINUTES });

/** Pauses grow with the age of the charge: five minutes at first, then as long as it has waited. */
export function askAgainAt({ createdAt }: Pick<Repayment, 'createdAt'>, now: Instant): Instant {
  const waited = Math.floor((epochMs(now) - epochMs(createdAt)) / 60_000);
  return plus(now, { minutes: Math.min(Math.max(PAUSE_MINUTES, waited), 24 * 60) });
}

export const isAbandoned = ({ createdAt }: { readonly createdAt: Instant }, now: Instant): boolean =>
  now >= plus(createdAt, { minutes: PATIENCE_MINUTES });
