import * as z from 'zod';
import { holidaysView, setHolidays } from '#lib/customer-development/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { versionField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-holidays',
  summary: 'Replaces the days off of a year; working days are Monday to Friday less these.',
  rules: 'DEV-168, DEV-196',
  route: 'PUT /v1/holidays/{year}',
  actors: ['operator'],
  path: z.object({ year: z.coerce.number().int().min(2000).max(2999) }),
  body: z.object({ days: z.array(z.iso.date()).max(366), expectedVersion: versionField }),
  response: holidaysView,
  errors: [sharedErrors.VERSION_CONFLICT],
  run: async ({ path, body }) => setHolidays(path.year, body),
});
