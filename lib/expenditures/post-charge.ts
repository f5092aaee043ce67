import type { Association } from '#lib/customers/index.ts';
import { digestOf } from '#lib/shared/ids.ts';
import { ZERO } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { moveMonth } from './month-writes.ts';
import { movementOf } from './movement.ts';
import { type Places, placeOf, refreshPlace } from './places.ts';
import type { Charge, ExpenditureRecord } from './record.ts';
import { putRecord } from './record-store.ts';

export interface PostedCharge {
  readonly record: ExpenditureRecord;
  readonly writes: readonly Write[];
}

/**
 * An adjustment as a record on the bill of `cycle` and of no later one: the writes fail with ConditionFailed once the cycle is closed
 * (FIN-69). It moves no usage (CUS-093).
 * @returns `undefined` when the cycle is closed already
 */
export async function postCharge(
  charge: Charge & { readonly billType: 'adjustment' },
  association: Association,
  cycle: BillingMonth,
  now: Instant,
): Promise<PostedCharge | undefined> {
  const { partnerId, resellerId, type } = association;
  const { customerId } = charge;
  const owner = { partnerId, resellerId, customerId, month: cycle };
  const places: Places = new Map();
  await refreshPlace(places, owner);
  const place = placeOf(places, owner);
  if (place.cycle !== cycle) return undefined;
  const record: ExpenditureRecord = {
    ...charge,
    partnerId,
    resellerId,
    associationType: type,
    billingCycle: cycle,
    consumptionMonth: cycle,
    late: false,
    receivedAt: now,
  };
  const counted = { kind: 'accepted', charge, association, month: cycle, usage: ZERO } as const;
  const { writes, check } = moveMonth(owner, place, movementOf([counted], cycle), now);
  const stored = { record, digest: digestOf(charge), mark: `posted:${charge.recordId}` };
  return { record, writes: [putRecord(stored), ...writes, ...(check ? [check] : [])] };
}
