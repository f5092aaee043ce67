import * as z from 'zod';
import {
  billingErrors,
  billScope,
  correctionErrors,
  partnerRunView,
  previewView,
  reasonField,
  reissueBill,
  requirePreview,
  startPreview,
  toPartnerRunView,
  toPreviewView,
  withBills,
} from '#lib/billing/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { dryRunQuery, idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

/** FIN-15: a second call finds the new bill under way, or issued. */
export const handler = operation({
  name: 'reissue-bill',
  summary:
    'Bills the closed months of a voided bill anew, by the rules of now; dry, it previews what would take the place of this one.',
  rules: 'FIN-14, FIN-15',
  route: 'POST /v1/bills/{billId}/reissue',
  actors: ['operator'],
  scope: billScope,
  path: z.object({ billId: idParam }),
  query: dryRunQuery,
  body: z.object({ reason: reasonField }),
  response: z.union([partnerRunView, previewView]),
  status: 202,
  errors: [
    billingErrors.BILL_NOT_ISSUED,
    correctionErrors.BILL_NOT_VOIDED,
    correctionErrors.VOIDING_UNDER_WAY,
    sharedErrors.CONCURRENT_CHANGE,
  ],
  run: async ({ actor, resource, query: { dryRun }, body: { reason }, now }) => {
    if (dryRun) {
      const { partnerId, cycle } = resource;
      const jobId = await startPreview(partnerId, { cycle, requestedBy: actor.id, askedAt: now });
      return toPreviewView(await requirePreview(jobId));
    }
    const run = await reissueBill(resource, reason);
    const [shown = { run }] = await withBills([run]);
    return toPartnerRunView(shown);
  },
});
