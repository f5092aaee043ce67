import * as z from 'zod';
import { attemptView, cardErrors, listAttempts, toAttemptView } from '#lib/repayments/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-card-history',
  summary: 'What was tried with cards and what came of it, the newest first.',
  rules: 'FIN-105',
  route: 'GET /v1/card-history',
  actors: ['member'],
  permission: 'bill.repay',
  partnerTypes: { types: ['solution-provider'], error: cardErrors.CARDS_NOT_AVAILABLE },
  query: z.object(pageQuery),
  response: z.object({ items: z.array(attemptView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ member: { partnerId }, query: { limit, cursor } }) => {
    const list = `list-card-history:${partnerId}`;
    const page = await listAttempts(partnerId, { limit, startKey: fromCursor(cursor, list) });
    return { items: page.attempts.map(toAttemptView), nextCursor: toCursor(page.nextKey, list) };
  },
});
