import * as z from 'zod';
import {
  DEVELOPMENT_GRANT,
  justificationField,
  leadErrors,
  leadFields,
  leadView,
  PREREGISTRATION_ERRORS,
  requestManualReview,
  toLeadView,
} from '#lib/customer-development/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'request-manual-review',
  summary:
    'Asks an operator to judge a lead that only reviewable reasons stand against; protects the address meanwhile.',
  rules: 'DEV-23, DEV-45 to DEV-47, DEV-218',
  route: 'POST /v1/leads/manual-review',
  actors: ['member'],
  permission: 'customer-development.manage',
  partnerGrant: DEVELOPMENT_GRANT,
  body: z.object({ ...leadFields, justification: justificationField }),
  response: leadView,
  status: 201,
  errors: [...PREREGISTRATION_ERRORS, leadErrors.REVIEW_NOT_NEEDED],
  run: async ({ body, member, standing, now }) =>
    toLeadView(await requestManualReview(body, { member, standing }, now), now),
});
