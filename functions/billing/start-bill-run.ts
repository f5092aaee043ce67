import * as z from 'zod';
import { cycleField, loadTally, runErrors, runView, startPreviews, startRun, toRunView } from '#lib/billing/index.ts';
import { dryRunQuery } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

const dryRunView = z.object({ dryRun: z.literal(true), cycle: z.string() });

/** FIN-15: a second start answers with the same run. A dry run lists one preview per partner. */
export const handler = operation({
  name: 'start-bill-run',
  summary:
    'Starts the bill run of a closed cycle, or answers with the one that was started; dry, it previews every bill.',
  rules: 'FIN-06, FIN-15, FIN-165',
  route: 'POST /v1/bill-runs',
  actors: ['operator'],
  query: dryRunQuery,
  body: z.object({ cycle: cycleField }),
  response: z.union([runView, dryRunView]),
  status: 202,
  errors: [runErrors.CYCLE_NOT_CLOSED],
  run: async ({ actor, query: { dryRun }, body: { cycle }, now }) => {
    if (!dryRun) return toRunView(await startRun(cycle, actor.id, now), await loadTally(cycle));
    await startPreviews({ cycle, requestedBy: actor.id, askedAt: now });
    return { dryRun, cycle };
  },
});
