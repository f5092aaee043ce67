import * as z from 'zod';
import { entityScope, listResidentCertificates, residenceView } from '#lib/invoices/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-resident-certificates',
  summary: 'The tax resident certificates of an issuing entity, in the order in which they were filed.',
  rules: 'FIN-120',
  route: 'GET /v1/issuing-entities/{entityId}/resident-certificates',
  actors: ['operator'],
  scope: entityScope,
  path: z.object({ entityId: idParam }),
  response: z.object({ items: z.array(residenceView) }),
  errors: [],
  run: async ({ resource: { entityId } }) => ({ items: await listResidentCertificates(entityId) }),
});
