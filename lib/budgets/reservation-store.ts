import { getItem, type Item, queryAll } from '#lib/shared/dynamodb.ts';
import { loadMoney, type Money, negate, storeMoney, ZERO } from '#lib/shared/money.ts';
import { type Instant, plus } from '#lib/shared/time.ts';
import { ConditionFailed, transact, type Write } from '#lib/shared/transaction.ts';
import type { QuotaCharge, QuotaKind } from './quota.ts';
import { chargeAside, moveRoom } from './quota-store.ts';

/**
 * Room of a quota that a batch has put aside for all its customers (CUS-081). What is left at the end goes back; what a crashed batch
 * left behind goes back as soon as somebody needs it.
 */
export interface Reservation {
  readonly resellerId: string;
  readonly batchId: string;
  readonly kind: QuotaKind;
  readonly left: Money;
  readonly until: Instant;
}

/** Longer than any batch may run. */
const KEPT_MINUTES = 15;

const partition = (resellerId: string): string => `RESELLER#${resellerId}`;
const key = ({ resellerId, batchId }: Pick<Reservation, 'resellerId' | 'batchId'>) => ({
  pk: partition(resellerId),
  sk: `RESERVATION#${batchId}`,
});

export type Booking = Pick<Reservation, 'resellerId' | 'batchId' | 'kind'>;

/** Puts the room for a whole batch aside, or fails as a whole (ConditionFailed). */
export async function reserve(booking: Booking, needed: Money, now: Instant): Promise<void> {
  const left = needed > ZERO ? needed : ZERO;
  const reservation: Reservation = { ...booking, left, until: plus(now, { minutes: KEPT_MINUTES }) };
  await transact({
    aside: true, // the change that the request is about comes with the first budget
    writes: [
      ...(left > ZERO ? [moveRoom(booking.resellerId, booking.kind, negate(left))] : []),
      {
        table: 'budgets',
        put: { ...key(booking), ...reservation, left: storeMoney(left) },
        condition: 'attribute_not_exists(pk)',
      },
    ],
  });
}

/** Charges one budget of the batch; what a lowered one gives back, the batch may use. */
export function chargeReservation(booking: Booking, charge: QuotaCharge): Write[] {
  const taken = charge[booking.kind];
  return [
    ...chargeAside(booking.resellerId, charge, booking.kind),
    {
      table: 'budgets',
      update: key(booking),
      set: 'ADD #left :given',
      condition: taken > ZERO ? '#left >= :taken' : 'attribute_exists(pk)',
      names: { '#left': 'left' },
      values: { ':given': storeMoney(negate(taken)), ...(taken > ZERO ? { ':taken': storeMoney(taken) } : {}) },
    },
  ];
}

/** Ends a reservation and gives its rest back. */
export async function release(booking: Booking): Promise<void> {
  const item = await getItem('budgets', key(booking));
  if (item) await endReservation(toReservation(item));
}

/** Gives back what crashed batches left. @returns whether there was any */
export async function releaseStale(resellerId: string, now: Instant): Promise<boolean> {
  let any = false;
  for await (const item of queryAll({
    table: 'budgets',
    pk: partition(resellerId),
    sk: { beginsWith: 'RESERVATION#' },
  })) {
    const reservation = toReservation(item);
    if (reservation.until > now) continue;
    await endReservation(reservation);
    any = true;
  }
  return any;
}

async function endReservation(reservation: Reservation): Promise<void> {
  const { resellerId, kind, left } = reservation;
  const removal: Write = {
    table: 'budgets',
    remove: key(reservation),
    condition: '#left = :seen',
    names: { '#left': 'left' },
    values: { ':seen': storeMoney(left) },
  };
  try {
    await transact({ aside: true, writes: [removal, ...(left > ZERO ? [moveRoom(resellerId, kind, left)] : [])] });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // somebody else ended it
  }
}

const toReservation = (item: Item): Reservation => ({ ...item, left: loadMoney(item.left) }) as unknown as Reservation;
