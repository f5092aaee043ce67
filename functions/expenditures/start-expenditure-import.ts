import * as z from 'zod';
import { expenditureErrors, importView, startImport, toImportView } from '#lib/expenditures/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'start-expenditure-import',
  summary: 'Starts the import of an uploaded file; started again, it goes on where it is.',
  rules: 'ORD-127, CUS-096',
  route: 'POST /v1/expenditure-imports/{jobId}/start',
  actors: ['operator'],
  path: z.object({ jobId: idParam }),
  response: importView,
  status: 202,
  errors: [sharedErrors.NOT_FOUND, expenditureErrors.IMPORT_NOT_UPLOADED],
  run: async ({ path: { jobId } }) => toImportView(await startImport(jobId)),
});
