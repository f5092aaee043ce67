import * as z from 'zod';
import {
  entityScope,
  fileResidentCertificate,
  invoiceErrors,
  residenceInput,
  residenceView,
} from '#lib/invoices/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'file-resident-certificate',
  summary:
    'Keeps the tax resident certificate of an issuing entity for its partners; for its days it comes in the place of an earlier one.',
  rules: 'FIN-120',
  route: 'POST /v1/issuing-entities/{entityId}/resident-certificates',
  actors: ['operator'],
  scope: entityScope,
  path: z.object({ entityId: idParam }),
  body: residenceInput,
  response: residenceView,
  status: 201,
  errors: [invoiceErrors.ATTACHMENT_REQUIRED, invoiceErrors.ATTACHMENT_INVALID],
  run: async ({ resource: { entityId }, body, now }) => fileResidentCertificate(entityId, body, now),
});
