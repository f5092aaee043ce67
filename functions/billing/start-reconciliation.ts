import * as z from 'zod';
import { cycleField, runErrors, startReconciliation } from '#lib/billing/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'start-reconciliation',
  summary:
    'Compares usage records, bill lines and ledger of a cycle, of all partners or of one; the results are listed.',
  rules: 'FIN-50',
  route: 'POST /v1/bill-runs/{cycle}/reconciliations',
  actors: ['operator'],
  path: z.object({ cycle: cycleField }),
  body: z.object({ partnerId: idParam.optional() }),
  response: z.object({ cycle: z.string(), askedAt: z.string() }),
  status: 202,
  errors: [runErrors.RUN_NOT_FOUND, runErrors.PARTNER_NOT_IN_RUN],
  run: async ({ path: { cycle }, body: { partnerId }, now }) => {
    await startReconciliation(cycle, partnerId, now);
    return { cycle, askedAt: now };
  },
});
