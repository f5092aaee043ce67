import * as z from 'zod';
import { quarantineEntryView, requireEntry, toQuarantineEntryView } from '#lib/expenditures/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-expenditure-quarantine-entry',
  summary: 'One record that could not be counted, as it was delivered.',
  rules: 'CUS-096, CUS-098',
  route: 'GET /v1/expenditure-quarantine/{entryId}',
  actors: ['operator'],
  path: z.object({ entryId: idParam }),
  response: quarantineEntryView,
  errors: [sharedErrors.NOT_FOUND],
  run: async ({ path: { entryId } }) => toQuarantineEntryView(await requireEntry(entryId)),
});
