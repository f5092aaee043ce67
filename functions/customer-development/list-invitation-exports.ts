import * as z from 'zod';
import { DEVELOPMENT_GRANT, INVITATION_EXPORT } from '#lib/customer-development/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { exportView, toExportView } from '#lib/shared/exports/export-view.ts';
import { listJobs } from '#lib/shared/job.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-invitation-exports',
  summary: 'Exports of invited customers, newest first.',
  rules: 'DEV-22, DEV-193',
  route: 'GET /v1/invitation-exports',
  actors: ['member'],
  permission: 'customer-development.manage',
  partnerGrant: DEVELOPMENT_GRANT,
  query: z.object(pageQuery),
  response: z.object({ items: z.array(exportView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ member, query: { limit, cursor }, now }) => {
    const list = `list-invitation-exports:${member.partnerId}`;
    const page = await listJobs(member.partnerId, INVITATION_EXPORT, { limit, startKey: fromCursor(cursor, list) });
    return {
      items: await Promise.all(page.jobs.map((job) => toExportView(job, false, now))),
      nextCursor: toCursor(page.nextKey, list),
    };
  },
});
