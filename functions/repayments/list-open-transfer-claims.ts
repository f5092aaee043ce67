import * as z from 'zod';
import { claimView, listOpenClaims, toClaimView } from '#lib/repayments/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

const LIST = 'list-open-transfer-claims';

export const handler = operation({
  name: LIST,
  summary: 'Claims that wait for an operator, the one to be answered first leading; late ones are flagged.',
  rules: 'FIN-82',
  route: 'GET /v1/open-transfer-claims',
  actors: ['operator'],
  query: z.object(pageQuery),
  response: z.object({ items: z.array(claimView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ query: { limit, cursor }, now }) => {
    const page = await listOpenClaims({ limit, startKey: fromCursor(cursor, LIST) });
    return {
      items: page.claims.map((claim) => toClaimView(claim, now)),
      nextCursor: toCursor(page.nextKey, LIST),
    };
  },
});
