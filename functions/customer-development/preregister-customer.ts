import * as z from 'zod';
import {
  DEVELOPMENT_GRANT,
  leadFields,
  PREREGISTRATION_ERRORS,
  preregisterCustomer,
  preregisteredView,
  REVIEWABLE_ERRORS,
  toPreregisteredView,
} from '#lib/customer-development/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'preregister-customer',
  summary:
    'Pre-registers a customer: protects its e-mail address for 15 days and, unless told otherwise, invites it. A refusal names every reason.',
  rules: 'DEV-21 to DEV-44, DEV-58, DEV-218',
  route: 'POST /v1/leads',
  actors: ['member'],
  permission: 'customer-development.manage',
  partnerGrant: DEVELOPMENT_GRANT,
  body: z.object({ ...leadFields, sendInvitation: z.boolean().default(true) }),
  response: preregisteredView,
  status: 201,
  errors: [...PREREGISTRATION_ERRORS, ...REVIEWABLE_ERRORS],
  run: async ({ body, member, standing, now }) =>
    toPreregisteredView(await preregisterCustomer(body, { member, standing }, now), now),
});
