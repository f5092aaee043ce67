import * as z from 'zod';
import { reasonField } from '#lib/billing/index.ts';
import { entityInput, entityView, setEntity } from '#lib/invoices/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { versionField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-issuing-entity',
  summary: 'Keeps a company in whose name invoices are issued; its id begins the numbers, version 0 makes a new one.',
  rules: 'FIN-110, FIN-118',
  route: 'PUT /v1/issuing-entities/{entityId}',
  actors: ['operator'],
  path: z.object({ entityId: z.string().regex(/^[A-Z]{2,6}$/, 'must be 2 to 6 capital letters such as CSER') }),
  body: entityInput.extend({ expectedVersion: versionField, reason: reasonField }),
  response: entityView,
  errors: [sharedErrors.VERSION_CONFLICT],
  run: async ({ path: { entityId }, body: { expectedVersion, reason, ...wish }, now }) =>
    setEntity({ ...wish, entityId }, { expectedVersion, reason }, now),
});
