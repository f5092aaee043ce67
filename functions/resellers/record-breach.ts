import * as z from 'zod';
import { partnerScope } from '#lib/partners/index.ts';
import { BREACH_MEASURES, breachView, recordBreach, toBreachView } from '#lib/resellers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'record-breach',
  summary: "Records what the platform does about a partner's breach of its commitment letter.",
  rules: 'DEV-141',
  route: 'POST /v1/partners/{partnerId}/breaches',
  actors: ['operator'],
  scope: partnerScope,
  path: z.object({ partnerId: idParam }),
  body: z.object({
    measures: z.array(z.enum(BREACH_MEASURES)).min(1).meta({ description: 'One or more; duplicates count once' }),
    description: z.string().trim().min(1).max(1_000),
  }),
  response: breachView,
  status: 201,
  errors: [],
  run: async ({ path, body, actor, now }) => toBreachView(await recordBreach(path.partnerId, body, actor, now)),
});
