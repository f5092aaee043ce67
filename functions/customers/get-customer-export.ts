import * as z from 'zod';
import { queryErrors, requireCustomerExport } from '#lib/customer-views/index.ts';
import { exportView, mayDownload, toExportView } from '#lib/shared/exports/export-view.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-customer-export',
  summary: 'An export of customers with its progress and, once completed, download links; for who may export.',
  rules: 'CUS-003, CUS-249 to CUS-251',
  route: 'GET /v1/customer-exports/{jobId}',
  actors: ['member'],
  permission: 'customer.view',
  path: z.object({ jobId: idParam }),
  response: exportView,
  errors: [queryErrors.CUSTOMER_EXPORT_ADMIN_ONLY, queryErrors.EXPORT_NOT_FOUND],
  run: async ({ member, path: { jobId }, now }) => {
    const job = await requireCustomerExport(member, jobId);
    return toExportView(job, mayDownload(member, job), now);
  },
});
