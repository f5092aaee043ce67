import { getItem, type Key } from '#lib/shared/dynamodb.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';

/** FIN-138: the switch of the mails about test coupons; on until somebody turns it off. */
export interface TestCouponNotification {
  readonly enabled: boolean;
  readonly version: number;
}

const settingKey = (partnerId: string): Key => ({ pk: `NOTIFICATION#${partnerId}`, sk: 'SETTING' });

export async function loadNotification(partnerId: string): Promise<TestCouponNotification> {
  const item = await getItem('coupons', settingKey(partnerId));
  return item ? { enabled: item.enabled === true, version: Number(item.version) } : { enabled: true, version: 0 };
}

export const putNotification = (partnerId: string, enabled: boolean, seen: number): Write => ({
  table: 'coupons',
  put: { ...settingKey(partnerId), enabled, version: seen + 1 },
  condition: seen === 0 ? 'attribute_not_exists(pk)' : 'version = :seen',
  values: seen === 0 ? undefined : { ':seen': seen },
  onConflict: sharedErrors.VERSION_CONFLICT,
});

/** A partner is told once per date, however often the job runs (FIN-165). */
export const noteTold = (partnerId: string, date: string, at: Instant): Write => ({
  table: 'coupons',
  put: { pk: `NOTIFICATION#${partnerId}`, sk: `TOLD#${date}`, at },
  condition: 'attribute_not_exists(pk)',
});
