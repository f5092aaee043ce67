import * as z from 'zod';
import {
  adjustmentView,
  billingErrors,
  correctionErrors,
  cycleField,
  effectView,
  postAdjustment,
  reasonField,
  ruleErrors,
  toAdjustmentView,
  toEffectView,
} from '#lib/billing/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { dryRunQuery, idParam } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';

const text = z.string().trim().min(1).max(512);

/** FIN-69: with `correctsBillId` it is the credit that follows a bill which was paid already. */
export const handler = operation({
  name: 'post-adjustment',
  summary: 'Posts a signed settlement amount as an Adjustment line of a bill that is not issued yet.',
  rules: 'FIN-34, FIN-69',
  route: 'POST /v1/partners/{partnerId}/adjustments',
  actors: ['operator'],
  path: z.object({ partnerId: idParam }),
  query: dryRunQuery,
  body: z
    .object({
      cycle: cycleField,
      customerId: idParam,
      productType: text,
      productTypeCode: text,
      amount: moneyText.transform(parseMoney),
      reason: reasonField,
      correctsBillId: idParam.optional(),
      correctsLineId: idParam.optional(),
    })
    .refine(({ correctsBillId, correctsLineId }) => correctsLineId === undefined || correctsBillId !== undefined, {
      path: ['correctsBillId'],
      message: 'is needed with correctsLineId',
    }),
  response: z.object({ dryRun: z.boolean(), adjustment: adjustmentView, effect: effectView }),
  errors: [
    correctionErrors.ADJUSTMENT_INVALID,
    correctionErrors.CYCLE_ISSUED,
    correctionErrors.CYCLE_NOT_BEGUN,
    ruleErrors.CUSTOMER_NOT_ASSOCIATED,
    sharedErrors.CUSTOMER_NOT_FOUND,
    sharedErrors.PARTNER_NOT_FOUND,
    billingErrors.PARTNER_TYPE_NOT_BILLED,
    billingErrors.BILL_NOT_FOUND,
    correctionErrors.BILL_VOIDED,
    billingErrors.LINE_NOT_FOUND,
  ],
  run: async ({ path, query: { dryRun }, body, actor, now }) => {
    const { adjustment, effect } = await postAdjustment({ ...path, ...body }, { actorId: actor.id, dryRun }, now);
    return { dryRun, adjustment: toAdjustmentView(adjustment, true), effect: toEffectView(effect) };
  },
});
