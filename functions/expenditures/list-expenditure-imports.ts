import * as z from 'zod';
import { importView, listImports, toImportView } from '#lib/expenditures/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

const LIST = 'list-expenditure-imports';

export const handler = operation({
  name: LIST,
  summary: 'Imports of the last 30 days, newest first.',
  rules: 'ORD-127',
  route: 'GET /v1/expenditure-imports',
  actors: ['operator'],
  query: z.object(pageQuery),
  response: z.object({ items: z.array(importView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ query: { limit, cursor } }) => {
    const page = await listImports({ limit, startKey: fromCursor(cursor, LIST) });
    return { items: page.jobs.map(toImportView), nextCursor: toCursor(page.nextKey, LIST) };
  },
});
