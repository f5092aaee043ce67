import * as z from 'zod';
import { deleteLeads, deletionView, toDeletionView } from '#lib/customer-development/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'delete-preregistrations',
  summary: 'Deletes 1 to 100 leads, each by itself: the address is free at once, the open invitation ends.',
  rules: 'DEV-05, DEV-52, DEV-53',
  route: 'POST /v1/leads/delete',
  actors: ['member'],
  permission: 'customer-development.manage',
  body: z.object({ leadIds: z.array(z.string().min(1).max(200)).min(1).max(100) }),
  response: deletionView,
  timeoutSeconds: 29,
  errors: [],
  run: async ({ body, member }) => toDeletionView(await deleteLeads(body.leadIds, member)),
});
