import * as z from 'zod';
import { accountErrors } from '#lib/accounts/index.ts';
import {
  HARD_ERRORS,
  leadErrors,
  leadScope,
  leadView,
  reviewDecision,
  reviewLead,
  toLeadView,
} from '#lib/customer-development/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'review-preregistration',
  summary: 'Decides a manual review: an approval starts the 15 days, a rejection frees the address.',
  rules: 'DEV-48 to DEV-50',
  route: 'POST /v1/leads/{leadId}/review',
  actors: ['operator'],
  scope: leadScope,
  path: z.object({ leadId: idParam }),
  body: reviewDecision,
  response: leadView,
  errors: [leadErrors.REVIEW_NOT_PENDING, ...HARD_ERRORS, accountErrors.PLATFORM_UNAVAILABLE],
  run: async ({ path, body, actor, now }) => toLeadView(await reviewLead(path.leadId, body, actor.id, now), now),
});
