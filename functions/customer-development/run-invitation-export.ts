import { invitationExportRequested } from '#events/invitations.ts';
import { goOnWithInvitationExport } from '#lib/customer-development/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'run-invitation-export',
  summary: 'Writes the files of exports of invited customers, a bounded number of rows at a time.',
  rules: 'DEV-192, DEV-193, DEV-202',
  queue: 'invitation-exports',
  timeoutSeconds: 300,
  batchSize: 1,
  maximumConcurrency: 20,
  events: [invitationExportRequested],
  run: async ({ detail }, context) => goOnWithInvitationExport(invitationExportRequested.detail.parse(detail), context),
});
