import * as z from 'zod';
import {
  closeRequest,
  controlRequestErrors,
  controlRequestScope,
  controlRequestView,
  toControlRequestView,
} from '#lib/budgets/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'close-control-request',
  summary: 'The distributor rejects a request of its reseller, or notes that it was carried out in another way.',
  rules: 'CUS-177',
  route: 'POST /v1/control-requests/{requestId}/close',
  actors: ['member'],
  permission: 'reseller.manage',
  partnerTypes: { types: ['distributor'], error: sharedErrors.PARTNER_NOT_ENABLED },
  scope: controlRequestScope,
  path: z.object({ requestId: idParam }),
  body: z.object({ status: z.enum(['carried-out', 'rejected']) }),
  response: controlRequestView,
  errors: [controlRequestErrors.CONTROL_REQUEST_CLOSED],
  run: async ({ resource, body: { status }, member, now }) =>
    toControlRequestView(await closeRequest(resource, status, member.id, now)),
});
