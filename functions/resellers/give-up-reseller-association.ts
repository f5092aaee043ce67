import * as z from 'zod';
import {
  applicationScope,
  applicationView,
  giveUpAssociation,
  resellerErrors,
  toApplicationView,
} from '#lib/resellers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'give-up-reseller-association',
  summary: 'The account gives a restricted association up; it may buy again.',
  rules: 'ONB-32, ONB-140',
  route: 'DELETE /v1/reseller-applications/{invitationId}',
  actors: ['account'],
  scope: applicationScope,
  path: z.object({ invitationId: idParam }),
  response: applicationView,
  errors: [resellerErrors.ASSOCIATION_UNDER_WAY],
  run: async ({ resource, now }) => toApplicationView(await giveUpAssociation(resource, now), now),
});
