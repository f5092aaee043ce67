import * as z from 'zod';
import { billedPartners, EXPORT_JOB } from '#lib/billing/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { exportView, toExportView } from '#lib/shared/exports/export-view.ts';
import { listJobs } from '#lib/shared/job.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-bill-exports',
  summary: 'Exports of the partner, newest first.',
  rules: 'FIN-157, ORD-176',
  route: 'GET /v1/bill-exports',
  actors: ['member'],
  permission: 'bill.export',
  partnerTypes: billedPartners,
  query: z.object(pageQuery),
  response: z.object({ items: z.array(exportView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ member, query: { limit, cursor }, now }) => {
    const list = `list-bill-exports:${member.partnerId}`;
    const page = await listJobs(member.partnerId, EXPORT_JOB, { limit, startKey: fromCursor(cursor, list) });
    return {
      items: await Promise.all(page.jobs.map((job) => toExportView(job, false, now))),
      nextCursor: toCursor(page.nextKey, list),
    };
  },
});
