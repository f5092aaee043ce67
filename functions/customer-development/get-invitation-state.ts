import * as z from 'zod';
import {
  associationErrors,
  getPassage,
  passageView,
  tokenParam,
  toPassageView,
} from '#lib/customer-development/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-invitation-state',
  summary: 'How far the acting customer came through an invitation.',
  rules: 'DEV-90, DEV-93, DEV-201',
  route: 'GET /v1/invitations/{token}/state',
  actors: ['customer'],
  path: z.object({ token: tokenParam }),
  response: passageView,
  errors: [associationErrors.LINK_NOT_FOUND, associationErrors.NOT_REGISTERED, sharedErrors.CUSTOMER_NOT_FOUND],
  run: async ({ path, customer, now }) => toPassageView(await getPassage(path.token, customer.customerId, now)),
});
