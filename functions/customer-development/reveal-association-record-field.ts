import * as z from 'zod';
import { REVEALABLE_RECORD_FIELDS, revealRecordField } from '#lib/customer-development/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'reveal-association-record-field',
  summary: 'One masked field of one association record, or one column of a page, in clear; leaves a trace.',
  rules: 'ORD-06, ORD-33, CUS-049',
  route: 'POST /v1/association-records/reveal-field',
  actors: ['member', 'operator'],
  permission: 'customer.view',
  body: z.object({ recordIds: z.array(idParam).min(1).max(100), field: z.enum(REVEALABLE_RECORD_FIELDS) }),
  response: z.object({
    field: z.string(),
    items: z.array(z.object({ recordId: z.string(), value: z.string().nullable() })),
  }),
  errors: [sharedErrors.NOT_FOUND],
  run: async ({ actor, body }) => ({
    field: body.field,
    items: await revealRecordField(actor, body.recordIds, body.field),
  }),
});
