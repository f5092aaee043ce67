import { createHmac, timingSafeEqual } from 'node:crypto';
import type { NotificationFields } from './processor.ts';

/** The signature that the processor puts into a notification: over its fields in this order. */
export const signatureOf = (fields: NotificationFields, secret: string): string =>
  createHmac('sha256', secret)
    .update([fields.notificationId, fields.type, fields.key, fields.status, fields.occurredAt].join('\n'))
    .digest('base64url');

/** Whether a notification comes from the processor; compared in constant time. */
export function isGenuine(fields: NotificationFields, signature: string, secret: string): boolean {
  const expected = Buffer.from(signatureOf(fields, secret));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
