import * as z from 'zod';
import { listPostings, postingView, toPostingView } from '#lib/ledger/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { instant, instantText } from '#lib/shared/time.ts';

const time = (otherwise: string) => instantText.default(otherwise).transform(instant);

export const handler = operation({
  name: 'list-postings',
  summary: 'The double entries of a partner, the newest first.',
  rules: 'FIN-167',
  route: 'GET /v1/partners/{partnerId}/postings',
  actors: ['operator'],
  path: z.object({ partnerId: idParam }),
  query: z.object({ ...pageQuery, from: time('2000-01-01T00:00:00Z'), to: time('2999-12-31T23:59:59Z') }),
  response: z.object({ items: z.array(postingView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ path: { partnerId }, query: { limit, cursor, from, to } }) => {
    const list = `list-postings:${partnerId}:${from}:${to}`;
    const page = await listPostings(partnerId, { from, to }, { limit, startKey: fromCursor(cursor, list) });
    return { items: page.postings.map(toPostingView), nextCursor: toCursor(page.nextKey, list) };
  },
});
