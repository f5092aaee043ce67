import * as z from 'zod';
import { createImport, importView, toImportView } from '#lib/expenditures/index.ts';
import { operation } from '#lib/shared/operation.ts';
import { instant, instantText } from '#lib/shared/time.ts';

export const handler = operation({
  name: 'create-expenditure-import',
  summary: 'Prepares the import of a usage file and answers where to upload it (PUT, within an hour).',
  rules: 'ORD-127, CUS-091',
  route: 'POST /v1/expenditure-imports',
  actors: ['operator'],
  body: z.object({
    fileName: z.string().trim().min(1).max(255),
    format: z.enum(['focus-1.0']),
    completeThrough: instantText
      .transform(instant)
      .optional()
      .meta({ description: 'Up to when usage is complete once this file is in' }),
  }),
  response: importView.extend({ uploadUrl: z.string() }),
  status: 201,
  errors: [],
  run: async ({ body, actor, now }) => {
    const { job, uploadUrl } = await createImport(body, actor.id, now);
    return { ...toImportView(job), uploadUrl };
  },
});
