import * as z from 'zod';
import {
  cycleField,
  loadTally,
  PARTNER_STATES,
  partnerRunView,
  readPartners,
  requireRun,
  runErrors,
  runView,
  toPartnerRunView,
  toRunView,
} from '#lib/billing/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-bill-run',
  summary:
    'The control room of a bill run: every partner, expected to issued or parked with the cause, and whether lines equal header.',
  rules: 'FIN-16, FIN-19, FIN-20',
  route: 'GET /v1/bill-runs/{cycle}',
  actors: ['operator'],
  path: z.object({ cycle: cycleField }),
  query: z.object({ ...pageQuery, state: z.enum(PARTNER_STATES).optional() }),
  response: z.object({ run: runView, items: z.array(partnerRunView), nextCursor: z.string().optional() }),
  errors: [runErrors.RUN_NOT_FOUND, sharedErrors.CURSOR_INVALID],
  run: async ({ path: { cycle }, query: { limit, cursor, state } }) => {
    const list = `get-bill-run:${cycle}:${state}`;
    const [run, tally, page] = await Promise.all([
      requireRun(cycle),
      loadTally(cycle),
      readPartners(cycle, state, { limit, startKey: fromCursor(cursor, list) }),
    ]);
    return {
      run: toRunView(run, tally),
      items: page.partners.map(toPartnerRunView),
      nextCursor: toCursor(page.nextKey, list),
    };
  },
});
