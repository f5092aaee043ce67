import * as z from 'zod';
import { cycleField, loadTally, runErrors, runView, startRun, toRunView } from '#lib/billing/index.ts';
import { operation } from '#lib/shared/operation.ts';

/** FIN-15: a second start answers with the same run. */
export const handler = operation({
  name: 'start-bill-run',
  summary: 'Starts the bill run of a closed cycle, or answers with the one that was started.',
  rules: 'FIN-06, FIN-15, FIN-165',
  route: 'POST /v1/bill-runs',
  actors: ['operator'],
  body: z.object({ cycle: cycleField }),
  response: runView,
  status: 202,
  errors: [runErrors.CYCLE_NOT_CLOSED],
  run: async ({ actor, body: { cycle }, now }) =>
    toRunView(await startRun(cycle, actor.id, now), await loadTally(cycle)),
});
