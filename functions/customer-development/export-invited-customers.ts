import { DEVELOPMENT_GRANT, startInvitationExport } from '#lib/customer-development/index.ts';
import { exportView, toExportView } from '#lib/shared/exports/export-view.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'export-invited-customers',
  summary: 'Starts an export of all invited customers that the caller may see; in clear for Admin, masked for others.',
  rules: 'DEV-22, DEV-192, DEV-193, DEV-202',
  route: 'POST /v1/invitation-exports',
  actors: ['member'],
  permission: 'customer-development.manage',
  partnerGrant: DEVELOPMENT_GRANT,
  response: exportView,
  status: 202,
  errors: [],
  run: async ({ member, now }) => toExportView(await startInvitationExport(member, now), false, now),
});
