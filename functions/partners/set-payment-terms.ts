import * as z from 'zod';
import { partnerScope, partnerView, setPaymentTerms, toPartnerView } from '#lib/partners/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-payment-terms',
  summary: 'Sets how many days a partner has to pay a bill, for bills that are settled from now on.',
  rules: 'FIN-162',
  route: 'PUT /v1/partners/{partnerId}/payment-terms',
  actors: ['operator'],
  scope: partnerScope,
  path: z.object({ partnerId: idParam }),
  body: z.object({
    paymentDays: z
      .number()
      .int()
      .min(0)
      .max(90)
      .optional()
      .meta({ description: 'Calendar days after the day of issue; the usual 15 when not given' }),
    reason: z.string().trim().min(1).max(500),
  }),
  response: partnerView,
  errors: [sharedErrors.VERSION_CONFLICT],
  run: async ({ resource, body }) => toPartnerView(await setPaymentTerms(resource, body.paymentDays, body.reason)),
});
