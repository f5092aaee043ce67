import * as z from 'zod';
import { checkHealth } from '#lib/platform/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-health',
  summary: 'Whether requests can be served: the gateway, a function and the tables answer.',
  rules: 'none',
  route: 'GET /v1/health',
  actors: 'anyone',
  response: z.object({ status: z.literal('ok'), time: z.string().meta({ format: 'date-time' }) }),
  errors: [],
  run: ({ now }) => checkHealth(now),
});
