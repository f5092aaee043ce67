import * as z from 'zod';
import { billingErrors, reasonField } from '#lib/billing/index.ts';
import {
  couponErrors,
  couponFields,
  couponView,
  issueCoupon,
  toCouponView,
  withBeneficiaries,
} from '#lib/coupons/index.ts';
import { isBilled, partnerScope } from '#lib/partners/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { instant, instantText } from '#lib/shared/time.ts';

export const handler = operation({
  name: 'issue-coupon',
  summary: 'Gives a partner a coupon, for all its customers, those of a reseller, or one.',
  rules: 'FIN-132, FIN-133, FIN-135, FIN-136',
  route: 'POST /v1/partners/{partnerId}/coupons',
  actors: ['operator'],
  scope: partnerScope,
  path: z.object({ partnerId: idParam }),
  body: z.object({
    ...couponFields,
    effectiveAt: instantText.transform(instant).optional().meta({ description: 'Now by default' }),
    expiresAt: instantText
      .transform(instant)
      .optional()
      .meta({ description: 'Its second included. By default a year, for an exchange of incentive earnings' }),
    customerId: idParam.optional(),
    resellerId: idParam.optional(),
    reason: reasonField,
  }),
  response: couponView,
  status: 201,
  errors: [billingErrors.PARTNER_TYPE_NOT_BILLED, couponErrors.COUPON_INVALID, couponErrors.CUSTOMER_NOT_ASSOCIATED],
  check: ({ resource }) => {
    if (!isBilled(resource.type)) throw new Refusal(billingErrors.PARTNER_TYPE_NOT_BILLED);
  },
  run: async ({ resource: { partnerId }, body: { reason, ...wish }, now }) => {
    const coupon = await issueCoupon({ ...wish, partnerId }, { reason }, now);
    const [shown = { coupon }] = await withBeneficiaries([coupon]);
    return toCouponView(shown, now);
  },
});
