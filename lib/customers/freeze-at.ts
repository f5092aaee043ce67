import type { Instant } from '#lib/shared/time.ts';
import type { FreezeRecord } from './customer-store.ts';

/** The record under which a customer was frozen, and since when. */
export interface Freeze {
  readonly freezeRecordId: string;
  readonly frozenAt: Instant;
}

/**
 * The freeze in force at an instant, by the record that brought its level: the instant of a freeze belongs to it, that of an unfreezing
 * does not. A take-over changes who may lift a freeze, not since when it is on (CUS-023).
 * @param history oldest first
 */
export function freezeAt(
  history: readonly Pick<FreezeRecord, 'recordId' | 'at' | 'levelBefore' | 'levelAfter'>[],
  time: Instant,
): Freeze | undefined {
  const last = history.findLast(({ at, levelBefore, levelAfter }) => at <= time && levelBefore !== levelAfter);
  return last && last.levelAfter !== 'none' ? { freezeRecordId: last.recordId, frozenAt: last.at } : undefined;
}
