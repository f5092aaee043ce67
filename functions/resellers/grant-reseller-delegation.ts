import * as z from 'zod';
import { resellerScope } from '#lib/budgets/index.ts';
import { delegationView, grantDelegation, letterToSign, resellerErrors } from '#lib/resellers/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'grant-reseller-delegation',
  summary:
    "Lets a reseller order and operate on behalf of its customers; the distributor's commitment letter comes first.",
  rules: 'DEV-132 to DEV-134, DEV-138, ORD-71, ORD-72, ORG-178',
  route: 'PUT /v1/resellers/{resellerId}/delegation',
  actors: ['member'],
  permission: 'reseller.manage',
  partnerTypes: { types: ['distributor'], error: sharedErrors.PARTNER_NOT_ENABLED },
  scope: resellerScope,
  critical: 'set-reseller-act-on-behalf',
  path: z.object({ resellerId: idParam }),
  body: z.object({
    acceptedLetterVersion: z.string().max(16).optional().meta({
      description: 'Version of `distributor-commitment` that is accepted; needed until the one in force has been',
    }),
  }),
  response: delegationView,
  errors: [resellerErrors.LETTER_NOT_ACCEPTED],
  check: async ({ body, member }) => {
    await letterToSign(member.partnerId, body.acceptedLetterVersion);
  },
  run: async ({ path, body, member, now }) => grantDelegation(path.resellerId, member, body.acceptedLetterVersion, now),
});
