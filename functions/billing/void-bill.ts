import * as z from 'zod';
import {
  billingErrors,
  billScope,
  correctionErrors,
  reasonField,
  toVoidingView,
  voidBill,
  voidingView,
} from '#lib/billing/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { dryRunQuery, idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

/** FIN-14: the document stays as it is; what replaces it is another bill. */
export const handler = operation({
  name: 'void-bill',
  summary: 'Withdraws a bill of which nothing was paid; the document stays readable, coupons get back what it used.',
  rules: 'FIN-14, FIN-15',
  route: 'POST /v1/bills/{billId}/void',
  actors: ['operator'],
  scope: billScope,
  path: z.object({ billId: idParam }),
  query: dryRunQuery,
  body: z.object({ reason: reasonField }),
  response: voidingView,
  errors: [
    billingErrors.BILL_NOT_ISSUED,
    correctionErrors.BILL_ALREADY_PAID,
    correctionErrors.BILL_PAYMENT_UNDER_WAY,
    correctionErrors.BILL_REFUNDED,
    correctionErrors.BILL_CREDIT_SPENT,
    correctionErrors.BILL_VOIDED,
    correctionErrors.COUPONS_SPENT,
    sharedErrors.CONCURRENT_CHANGE,
  ],
  run: async ({ resource, query: { dryRun }, body: { reason }, now }) =>
    toVoidingView(await voidBill(resource, { reason, dryRun }, now), dryRun, now),
});
