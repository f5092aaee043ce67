import * as z from 'zod';
import { leadScope, leadView, toLeadView } from '#lib/customer-development/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-lead',
  summary: 'A lead as it is now, with its review.',
  rules: 'DEV-01, DEV-07, DEV-51, DEV-189',
  route: 'GET /v1/leads/{leadId}',
  actors: ['member', 'operator'],
  permission: 'customer-development.manage',
  scope: leadScope,
  path: z.object({ leadId: idParam }),
  response: leadView,
  errors: [],
  run: async ({ resource, now }) => toLeadView(resource, now),
});
