import * as z from 'zod';
import { importView, requireImport, toImportView } from '#lib/expenditures/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-expenditure-import',
  summary: 'An import with its progress, its receipts by kind, its exact sums and its first problems.',
  rules: 'ORD-127, CUS-096',
  route: 'GET /v1/expenditure-imports/{jobId}',
  actors: ['operator'],
  path: z.object({ jobId: idParam }),
  response: importView,
  errors: [sharedErrors.NOT_FOUND],
  run: async ({ path: { jobId } }) => toImportView(await requireImport(jobId)),
});
