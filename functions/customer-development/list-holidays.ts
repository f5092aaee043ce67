import * as z from 'zod';
import { holidaysView, loadHolidays } from '#lib/customer-development/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-holidays',
  summary: 'The days off of a year.',
  rules: 'DEV-196',
  route: 'GET /v1/holidays/{year}',
  actors: ['operator'],
  path: z.object({ year: z.coerce.number().int().min(2000).max(2999) }),
  response: holidaysView,
  errors: [],
  run: async ({ path }) => loadHolidays(path.year),
});
