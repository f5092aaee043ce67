import * as z from 'zod';
import { previewErrors, previewView, requirePreview, toPreviewView } from '#lib/billing/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-bill-preview',
  summary:
    'A dry run of a bill: how far it is, at the end header, coupons, notes and differences to the bill that is there.',
  rules: 'FIN-14, FIN-51',
  route: 'GET /v1/bill-previews/{jobId}',
  actors: ['operator'],
  path: z.object({ jobId: idParam }),
  response: previewView,
  errors: [previewErrors.PREVIEW_NOT_FOUND],
  run: async ({ path: { jobId } }) => toPreviewView(await requirePreview(jobId)),
});
