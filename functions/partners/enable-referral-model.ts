import * as z from 'zod';
import { partnerScope, switchesView, switchGrant, toSwitchesView } from '#lib/partners/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'enable-referral-model',
  summary: 'Opens the referral model to a partner, or closes it; closed for every new partner.',
  rules: 'DEV-09',
  route: 'PUT /v1/partners/{partnerId}/referral-model',
  actors: ['operator'],
  scope: partnerScope,
  path: z.object({ partnerId: idParam }),
  body: z.object({ enabled: z.boolean() }),
  response: switchesView,
  errors: [sharedErrors.VERSION_CONFLICT],
  run: async ({ resource, body }) => toSwitchesView(await switchGrant(resource, 'referral-model', body.enabled)),
});
