import * as z from 'zod';
import { chargeInput, declareComplete, ingest, receiptTotals, receiptView, totalsOf } from '#lib/expenditures/index.ts';
import { currentCall } from '#lib/shared/call.ts';
import { operation } from '#lib/shared/operation.ts';
import { instant, instantText } from '#lib/shared/time.ts';

/** CUS-096: a record counts once, however often and by whatever way it is delivered; every record gets its receipt. */
export const handler = operation({
  name: 'record-expenditures',
  summary: 'Takes in up to 500 rated charges; answers a receipt for each, in order.',
  rules: 'CUS-091 to CUS-098, FIN-08 to FIN-14, ORD-127',
  route: 'POST /v1/expenditures',
  actors: ['operator'],
  timeoutSeconds: 29,
  body: z.object({
    records: z.array(chargeInput()).min(1).max(500),
    completeThrough: instantText
      .transform(instant)
      .optional()
      .meta({ description: 'Up to when the feed has delivered everything' }),
  }),
  response: z.object({ receipts: z.array(receiptView), totals: receiptTotals }),
  errors: [],
  run: async ({ body: { records, completeThrough }, now }) => {
    const { requestId } = currentCall();
    const receipts = await ingest(
      records.map((raw, i) => ({ raw, mark: `api:${requestId}:${i}` })),
      now,
    );
    if (completeThrough) await declareComplete(completeThrough);
    return { receipts, totals: totalsOf(receipts) };
  },
});
