import * as z from 'zod';
import { billedPartners, exportErrors, requireExport } from '#lib/billing/index.ts';
import { exportView, mayDownload, toExportView } from '#lib/shared/exports/export-view.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-bill-export',
  summary: 'An export with its progress and, in the end, download links.',
  rules: 'FIN-157, FIN-160, ORD-176',
  route: 'GET /v1/bill-exports/{jobId}',
  actors: ['member'],
  permission: 'bill.export',
  partnerTypes: billedPartners,
  path: z.object({ jobId: idParam }),
  response: exportView,
  errors: [exportErrors.EXPORT_NOT_FOUND],
  run: async ({ member, path: { jobId }, now }) => {
    const job = await requireExport(member.partnerId, jobId);
    return toExportView(job, mayDownload(member, job), now);
  },
});
