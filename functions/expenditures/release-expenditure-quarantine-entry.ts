import * as z from 'zod';
import {
  expenditureErrors,
  quarantineEntryView,
  releaseEntry,
  toQuarantineEntryView,
} from '#lib/expenditures/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'release-expenditure-quarantine-entry',
  summary: 'Takes a quarantined record in again, once its cause is mended.',
  rules: 'CUS-096, CUS-098',
  route: 'POST /v1/expenditure-quarantine/{entryId}/release',
  actors: ['operator'],
  path: z.object({ entryId: idParam }),
  response: quarantineEntryView,
  errors: [sharedErrors.NOT_FOUND, expenditureErrors.RELEASE_REFUSED],
  run: async ({ path: { entryId }, actor, now }) => toQuarantineEntryView(await releaseEntry(entryId, actor.id, now)),
});
