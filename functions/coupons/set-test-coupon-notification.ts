import * as z from 'zod';
import { billedPartners } from '#lib/billing/index.ts';
import { setNotification } from '#lib/coupons/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { versionField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-test-coupon-notification',
  summary: 'Turns the mails about test coupons off or on.',
  rules: 'FIN-01, FIN-138',
  route: 'PUT /v1/test-coupon-notification',
  actors: ['member'],
  permission: 'finance-settings.manage',
  partnerTypes: billedPartners,
  body: z.object({ enabled: z.boolean(), expectedVersion: versionField }),
  response: z.object({ enabled: z.boolean(), version: z.number().int() }),
  errors: [sharedErrors.VERSION_CONFLICT],
  run: ({ member, body }) => setNotification(member.partnerId, body),
});
