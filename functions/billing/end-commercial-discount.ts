import * as z from 'zod';
import {
  discountScope,
  discountView,
  endDiscount,
  reasonField,
  ruleErrors,
  toDiscountView,
  withCustomers,
} from '#lib/billing/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'end-commercial-discount',
  summary: 'Ends a discount early, for later transactions; issued bills stay.',
  rules: 'FIN-131',
  route: 'POST /v1/commercial-discounts/{discountId}/end',
  actors: ['operator'],
  scope: discountScope,
  path: z.object({ discountId: idParam }),
  body: z.object({ reason: reasonField }),
  response: discountView,
  errors: [ruleErrors.DISCOUNT_NOT_FOUND, ruleErrors.DISCOUNT_OVER],
  run: async ({ path, body, now }) => {
    const discount = await endDiscount(path.discountId, body.reason, now);
    const [shown] = await withCustomers([discount]);
    return toDiscountView(discount, shown?.customer, now);
  },
});
