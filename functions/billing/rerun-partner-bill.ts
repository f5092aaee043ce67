import * as z from 'zod';
import {
  cycleField,
  partnerRunView,
  previewView,
  reasonField,
  requirePreview,
  rerunPartner,
  runErrors,
  startPreview,
  toPartnerRunView,
  toPreviewView,
  withBills,
} from '#lib/billing/index.ts';
import { dryRunQuery, idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

/** FIN-15: for a partner whose bill was issued it is an answer with that bill, not a second one. */
export const handler = operation({
  name: 'rerun-partner-bill',
  summary: 'Takes a parked partner of a bill run up again, alone; dry, it previews the bill of any billed partner.',
  rules: 'FIN-15, FIN-19',
  route: 'POST /v1/bill-runs/{cycle}/partners/{partnerId}/rerun',
  actors: ['operator'],
  path: z.object({ cycle: cycleField, partnerId: idParam }),
  query: dryRunQuery,
  body: z.object({ reason: reasonField }),
  response: z.union([partnerRunView, previewView]),
  status: 202,
  errors: [runErrors.PARTNER_NOT_IN_RUN],
  run: async ({ actor, path: { cycle, partnerId }, query: { dryRun }, body, now }) => {
    if (dryRun) {
      const jobId = await startPreview(partnerId, { cycle, requestedBy: actor.id, askedAt: now });
      return toPreviewView(await requirePreview(jobId));
    }
    const run = await rerunPartner(cycle, partnerId, body.reason);
    const [shown = { run }] = await withBills([run]);
    return toPartnerRunView(shown);
  },
});
