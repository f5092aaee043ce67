import * as z from 'zod';
import { listManualReviews, manualReviewView, toManualReviewView } from '#lib/customer-development/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-manual-reviews',
  summary: 'Leads that wait for a decision, the one due first leading; overdue ones are flagged.',
  rules: 'DEV-47, DEV-189',
  route: 'GET /v1/manual-reviews',
  actors: ['operator'],
  query: z.object(pageQuery),
  response: z.object({ items: z.array(manualReviewView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ query: { limit, cursor }, now }) => {
    const list = 'list-manual-reviews';
    const page = await listManualReviews({ limit, startKey: fromCursor(cursor, list) }, now);
    return {
      items: page.reviews.map((review) => toManualReviewView(review, now)),
      nextCursor: toCursor(page.nextKey, list),
    };
  },
});
