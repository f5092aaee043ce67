import * as z from 'zod';
import { billedPartners, discountScope, discountView, toDiscountView, withCustomers } from '#lib/billing/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-discount',
  summary: 'A commercial discount with what it grants.',
  rules: 'FIN-127, FIN-130',
  route: 'GET /v1/commercial-discounts/{discountId}',
  actors: ['member', 'operator'],
  permission: 'commercial-discount.view',
  partnerTypes: billedPartners,
  scope: discountScope,
  path: z.object({ discountId: idParam }),
  response: discountView,
  errors: [],
  run: async ({ resource, now }) => {
    const [shown] = await withCustomers([resource]);
    return toDiscountView(resource, shown?.customer, now);
  },
});
