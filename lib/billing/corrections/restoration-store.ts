import { RESTORED_FROM } from '#lib/coupons/index.ts';
import { getItem, type Key } from '#lib/shared/dynamodb.ts';
import type { Write } from '#lib/shared/transaction.ts';

/** How far the coupons of a voided bill have got back what it took. */
export interface Restoration {
  readonly billId: string;
  /** The coupon, and what of it was taken back last. */
  readonly place: typeof RESTORED_FROM;
  /** Number of commits; also the version that each is made under. */
  readonly step: number;
}

const key = (billId: string): Key => ({ pk: `COUPON-PASS#${billId}`, sk: 'RESTORATION' });

export async function loadRestoration(billId: string): Promise<Restoration> {
  const item = await getItem('billing', key(billId));
  if (!item) return { billId, place: RESTORED_FROM, step: 0 };
  return { billId, place: item.place as Restoration['place'], step: Number(item.step) };
}

/** Of two invocations one goes on and the other has done nothing. */
export const moveRestoration = (before: Restoration, place: Restoration['place']): Write => ({
  table: 'billing',
  put: { ...key(before.billId), billId: before.billId, place, step: before.step + 1 },
  condition: before.step === 0 ? 'attribute_not_exists(pk)' : 'step = :seen',
  values: before.step === 0 ? undefined : { ':seen': before.step },
});
