import * as z from 'zod';
import { billedPartners } from '#lib/billing/index.ts';
import { loadNotification } from '#lib/coupons/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-test-coupon-notification',
  summary: 'Whether the partner gets mails about its test coupons.',
  rules: 'FIN-01, FIN-138',
  route: 'GET /v1/test-coupon-notification',
  actors: ['member'],
  permission: 'finance-settings.manage',
  partnerTypes: billedPartners,
  response: z.object({ enabled: z.boolean(), version: z.number().int() }),
  errors: [],
  run: ({ member }) => loadNotification(member.partnerId),
});
