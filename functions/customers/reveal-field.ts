import * as z from 'zod';
import { REVEALABLE_FIELDS, revealField } from '#lib/customers/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'reveal-field',
  summary: 'One masked field of one customer, or one column of a page, in clear; leaves a trace.',
  rules: 'CUS-049, ORG-182',
  route: 'POST /v1/customers/reveal-field',
  actors: ['member', 'operator'],
  permission: 'customer.view',
  body: z.object({ customerIds: z.array(z.string()).min(1).max(100), field: z.enum(REVEALABLE_FIELDS) }),
  response: z.object({
    field: z.string(),
    items: z.array(z.object({ customerId: z.string(), value: z.string().nullable() })),
  }),
  errors: [sharedErrors.CUSTOMER_NOT_FOUND],
  run: async ({ actor, body }) => ({
    field: body.field,
    items: await revealField(actor, body.customerIds, body.field),
  }),
});
