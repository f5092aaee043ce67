import * as z from 'zod';
import { billingErrors, reasonField } from '#lib/billing/index.ts';
import { isBilled, partnerScope } from '#lib/partners/index.ts';
import { quotaErrors, quotaView, readQuota, setQuota } from '#lib/repayments/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { idParam, versionField } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-consumption-quota',
  summary: 'Sets the most that a partner may owe, or takes the quota away.',
  rules: 'FIN-93, FIN-98',
  route: 'PUT /v1/partners/{partnerId}/consumption-quota',
  actors: ['operator'],
  scope: partnerScope,
  path: z.object({ partnerId: idParam }),
  body: z.object({
    total: moneyText.transform(parseMoney).nullable(),
    reason: reasonField,
    expectedVersion: versionField.default(0),
  }),
  response: quotaView,
  errors: [quotaErrors.QUOTA_INVALID, billingErrors.PARTNER_TYPE_NOT_BILLED, sharedErrors.VERSION_CONFLICT],
  run: async ({ resource, body: { total, ...wish }, now }) => {
    if (!isBilled(resource.type)) throw new Refusal(billingErrors.PARTNER_TYPE_NOT_BILLED);
    await setQuota(resource.partnerId, { ...wish, total: total ?? undefined }, now);
    return readQuota(resource, now);
  },
});
