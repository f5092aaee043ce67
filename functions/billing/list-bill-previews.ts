import * as z from 'zod';
import { cycleField, previewsOf, previewView, toPreviewView } from '#lib/billing/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { listJobs } from '#lib/shared/job.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-bill-previews',
  summary: 'Dry runs of the bills of a cycle, the newest first.',
  rules: 'FIN-14, FIN-51',
  route: 'GET /v1/bill-runs/{cycle}/previews',
  actors: ['operator'],
  path: z.object({ cycle: cycleField }),
  query: z.object(pageQuery),
  response: z.object({ items: z.array(previewView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ path: { cycle }, query: { limit, cursor } }) => {
    const list = `list-bill-previews:${cycle}`;
    const page = await listJobs('platform', previewsOf(cycle), { limit, startKey: fromCursor(cursor, list) });
    return { items: page.jobs.map(toPreviewView), nextCursor: toCursor(page.nextKey, list) };
  },
});
