import type { Instant } from '#lib/shared/time.ts';
import type { Association } from './customer.ts';

/**
 * The association in force for a charge (CUS-098, FIN-12, ORD-138).
 * @param kind `interval-end`: the end of a consumption interval, which belongs to what came before it (spec notes 10 and 17);
 *   `moment`: a payment, which belongs to what begins with it
 */
export function associationAt(
  associations: readonly Association[],
  time: Instant,
  kind: 'interval-end' | 'moment',
): Association | undefined {
  return associations.find(({ since, endedAt }) =>
    kind === 'interval-end'
      ? since < time && (endedAt === undefined || time <= endedAt)
      : since <= time && (endedAt === undefined || time < endedAt),
  );
}
