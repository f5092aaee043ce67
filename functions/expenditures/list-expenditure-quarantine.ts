import * as z from 'zod';
import { listEntries, quarantineEntryView, REFUSAL_CODES, toQuarantineEntryView } from '#lib/expenditures/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-expenditure-quarantine',
  summary: 'Records that could not be counted, newest first.',
  rules: 'CUS-096, CUS-098',
  route: 'GET /v1/expenditure-quarantine',
  actors: ['operator'],
  query: z.object({
    ...pageQuery,
    status: z.enum(['open', 'released']).default('open'),
    code: z.enum(REFUSAL_CODES).optional(),
  }),
  response: z.object({ items: z.array(quarantineEntryView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ query: { limit, cursor, status, code } }) => {
    const list = `list-expenditure-quarantine:${status}:${code ?? ''}`;
    const position = fromCursor(cursor, list)?.before;
    const page = await listEntries({
      status,
      code,
      limit,
      before: typeof position === 'string' ? position : undefined,
    });
    return {
      items: page.entries.map(toQuarantineEntryView),
      nextCursor: toCursor(page.next ? { before: page.next } : undefined, list),
    };
  },
});
