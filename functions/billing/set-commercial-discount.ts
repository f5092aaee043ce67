import * as z from 'zod';
import {
  billingErrors,
  DISCOUNT_TYPES,
  discountItemInput,
  discountView,
  reasonField,
  ruleErrors,
  setDiscount,
  toDiscountView,
  withCustomers,
} from '#lib/billing/index.ts';
import { partnerScope } from '#lib/partners/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { instant, instantText } from '#lib/shared/time.ts';

export const handler = operation({
  name: 'set-commercial-discount',
  summary: 'Grants a partner a discount, for all its customers or for one.',
  rules: 'FIN-127 to FIN-130',
  route: 'POST /v1/partners/{partnerId}/commercial-discounts',
  actors: ['operator'],
  scope: partnerScope,
  path: z.object({ partnerId: idParam }),
  body: z.object({
    type: z.enum(DISCOUNT_TYPES),
    customerId: idParam.optional(),
    effectiveAt: instantText.transform(instant),
    expiresAt: instantText.transform(instant),
    items: z.array(discountItemInput).min(1).max(50),
    reason: reasonField,
  }),
  response: discountView,
  status: 201,
  errors: [
    billingErrors.PARTNER_TYPE_NOT_BILLED,
    ruleErrors.DISCOUNT_INVALID,
    ruleErrors.CUSTOMER_NOT_ASSOCIATED,
    ruleErrors.DISCOUNT_OVERLAP,
  ],
  run: async ({ resource, body: { reason, ...wish }, now }) => {
    const discount = await setDiscount(resource, wish, reason, now);
    const [shown] = await withCustomers([discount]);
    return toDiscountView(discount, shown?.customer, now);
  },
});
