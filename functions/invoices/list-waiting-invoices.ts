import * as z from 'zod';
import { listWaiting, toWaitingView, waitingView } from '#lib/invoices/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

const NAME = 'list-waiting-invoices';

export const handler = operation({
  name: NAME,
  summary: 'Bills whose invoice cannot be made out for now, the longest waiting first, and what each lacks.',
  rules: 'FIN-18, FIN-110',
  route: 'GET /v1/waiting-invoices',
  actors: ['operator'],
  query: z.object(pageQuery),
  response: z.object({ items: z.array(waitingView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ query: { limit, cursor } }) => {
    const { waiting, nextKey } = await listWaiting({ limit, startKey: fromCursor(cursor, NAME) });
    return { items: waiting.map(toWaitingView), nextCursor: toCursor(nextKey, NAME) };
  },
});
