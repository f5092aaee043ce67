import * as z from 'zod';
import { CUSTOMER_EXPORT, queryErrors, requireExporter } from '#lib/customer-views/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { exportView, toExportView } from '#lib/shared/exports/export-view.ts';
import { listJobs } from '#lib/shared/job.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-customer-exports',
  summary: 'Exports of customers of the last 30 days, newest first; for who may export.',
  rules: 'CUS-003, CUS-250, CUS-251',
  route: 'GET /v1/customer-exports',
  actors: ['member'],
  permission: 'customer.view',
  query: z.object(pageQuery),
  response: z.object({ items: z.array(exportView), nextCursor: z.string().optional() }),
  errors: [queryErrors.CUSTOMER_EXPORT_ADMIN_ONLY, sharedErrors.CURSOR_INVALID],
  run: async ({ member, query: { limit, cursor }, now }) => {
    requireExporter(member);
    const list = `list-customer-exports:${member.partnerId}`;
    const page = await listJobs(member.partnerId, CUSTOMER_EXPORT, { limit, startKey: fromCursor(cursor, list) });
    return {
      items: await Promise.all(page.jobs.map((job) => toExportView(job, false, now))),
      nextCursor: toCursor(page.nextKey, list),
    };
  },
});
