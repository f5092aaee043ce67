import * as z from 'zod';
import { listRuns, loadTally, runView, toRunView } from '#lib/billing/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-bill-runs',
  summary: 'Bill runs, the newest cycle first.',
  rules: 'FIN-19',
  route: 'GET /v1/bill-runs',
  actors: ['operator'],
  query: z.object(pageQuery),
  response: z.object({ items: z.array(runView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ query: { limit, cursor } }) => {
    const page = await listRuns({ limit, startKey: fromCursor(cursor, 'list-bill-runs') });
    const tallies = await Promise.all(page.runs.map(({ cycle }) => loadTally(cycle)));
    return {
      items: page.runs.flatMap((run, i) => (tallies[i] ? [toRunView(run, tallies[i])] : [])),
      nextCursor: toCursor(page.nextKey, 'list-bill-runs'),
    };
  },
});
