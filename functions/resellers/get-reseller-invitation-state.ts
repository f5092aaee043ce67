import * as z from 'zod';
import { applicationScope, applicationView, toApplicationView } from '#lib/resellers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-reseller-invitation-state',
  summary: 'How far the association has come: in progress, associated, or restricted with all that stands in the way.',
  rules: 'DEV-119, DEV-121',
  route: 'GET /v1/reseller-applications/{invitationId}',
  actors: ['account', 'member'],
  permission: 'partner-info.view',
  scope: applicationScope,
  path: z.object({ invitationId: idParam }),
  response: applicationView,
  errors: [],
  run: async ({ resource, now }) => toApplicationView(resource, now),
});
