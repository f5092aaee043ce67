import * as z from 'zod';
import {
  DEVELOPMENT_GRANT,
  invitationErrors,
  mayDownloadInvitations,
  requireInvitationExport,
} from '#lib/customer-development/index.ts';
import { exportView, toExportView } from '#lib/shared/exports/export-view.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-invitation-export',
  summary: 'An export of invited customers with its progress and, in the end, download links.',
  rules: 'DEV-22, DEV-193',
  route: 'GET /v1/invitation-exports/{jobId}',
  actors: ['member'],
  permission: 'customer-development.manage',
  partnerGrant: DEVELOPMENT_GRANT,
  path: z.object({ jobId: idParam }),
  response: exportView,
  errors: [invitationErrors.EXPORT_NOT_FOUND],
  run: async ({ member, path: { jobId }, now }) => {
    const job = await requireInvitationExport(member.partnerId, jobId);
    return toExportView(job, mayDownloadInvitations(member, job), now);
  },
});
