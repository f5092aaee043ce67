import * as z from 'zod';
import { listImportProblems, problemPage } from '#lib/expenditures/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-expenditure-import-problems',
  summary: 'The lines of an import that were not counted, in the order of the file.',
  rules: 'CUS-096',
  route: 'GET /v1/expenditure-imports/{jobId}/problems',
  actors: ['operator'],
  path: z.object({ jobId: idParam }),
  query: z.object(pageQuery),
  response: problemPage,
  errors: [sharedErrors.NOT_FOUND, sharedErrors.CURSOR_INVALID],
  run: async ({ path: { jobId }, query: { limit, cursor } }) => {
    const list = `list-expenditure-import-problems:${jobId}`;
    const page = await listImportProblems(jobId, limit, fromCursor(cursor, list));
    return { items: page.problems, nextCursor: toCursor(page.next, list) };
  },
});
