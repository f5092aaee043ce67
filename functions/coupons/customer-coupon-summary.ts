import * as z from 'zod';
import { billedPartners } from '#lib/billing/index.ts';
import { couponSummaryView, readCustomerCoupons } from '#lib/coupons/index.ts';
import { customerScope } from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'customer-coupon-summary',
  summary: 'How many coupons a customer has for itself alone, what they hold, and how many are over soon.',
  rules: 'FIN-01, FIN-60, FIN-144, CUS-050',
  route: 'GET /v1/customers/{customerId}/coupon-summary',
  actors: ['member', 'operator'],
  permission: 'coupon.view',
  partnerTypes: billedPartners,
  scope: customerScope,
  path: z.object({ customerId: idParam }),
  response: couponSummaryView,
  errors: [],
  run: ({ resource, now }) => readCustomerCoupons(resource, now),
});
