import * as z from 'zod';
import { leadErrors, REVEALABLE_LEAD_FIELDS, revealLeadField } from '#lib/customer-development/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'reveal-lead-field',
  summary: 'One masked field of one lead, or one column of a page, in clear; leaves a trace.',
  rules: 'DEV-189, DEV-190',
  route: 'POST /v1/leads/reveal-field',
  actors: ['member', 'operator'],
  permission: 'customer-development.manage',
  body: z.object({ leadIds: z.array(z.string()).min(1).max(100), field: z.enum(REVEALABLE_LEAD_FIELDS) }),
  response: z.object({
    field: z.string(),
    items: z.array(z.object({ leadId: z.string(), value: z.string().nullable() })),
  }),
  errors: [leadErrors.LEAD_NOT_FOUND],
  run: async ({ actor, body }) => ({
    field: body.field,
    items: await revealLeadField(actor, body.leadIds, body.field),
  }),
});
