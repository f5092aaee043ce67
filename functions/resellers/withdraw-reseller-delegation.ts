import * as z from 'zod';
import { resellerScope } from '#lib/budgets/index.ts';
import { delegationView, withdrawDelegation } from '#lib/resellers/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'withdraw-reseller-delegation',
  summary: "Ends all work of a reseller on behalf of its customers at once; the customers' letters stay.",
  rules: 'DEV-134, DEV-136, ORD-71, ORD-73, ORG-178',
  route: 'DELETE /v1/resellers/{resellerId}/delegation',
  actors: ['member'],
  permission: 'reseller.manage',
  partnerTypes: { types: ['distributor'], error: sharedErrors.PARTNER_NOT_ENABLED },
  scope: resellerScope,
  critical: 'set-reseller-act-on-behalf',
  path: z.object({ resellerId: idParam }),
  response: delegationView,
  errors: [],
  run: async ({ path, member, now }) => withdrawDelegation(path.resellerId, member, now),
});
