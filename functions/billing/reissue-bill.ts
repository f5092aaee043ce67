import * as z from 'zod';
import {
  billingErrors,
  billScope,
  correctionErrors,
  partnerRunView,
  reasonField,
  reissueBill,
  toPartnerRunView,
  withBills,
} from '#lib/billing/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

/** FIN-15: a second call finds the new bill under way, or issued. */
export const handler = operation({
  name: 'reissue-bill',
  summary: 'Bills the closed months of a voided bill anew, by the rules of now.',
  rules: 'FIN-14, FIN-15',
  route: 'POST /v1/bills/{billId}/reissue',
  actors: ['operator'],
  scope: billScope,
  path: z.object({ billId: idParam }),
  body: z.object({ reason: reasonField }),
  response: partnerRunView,
  status: 202,
  errors: [
    billingErrors.BILL_NOT_ISSUED,
    correctionErrors.BILL_NOT_VOIDED,
    correctionErrors.VOIDING_UNDER_WAY,
    sharedErrors.CONCURRENT_CHANGE,
  ],
  run: async ({ resource, body: { reason } }) => {
    const run = await reissueBill(resource, reason);
    const [shown = { run }] = await withBills([run]);
    return toPartnerRunView(shown);
  },
});
