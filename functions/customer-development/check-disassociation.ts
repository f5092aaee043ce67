import * as z from 'zod';
import { accountErrors } from '#lib/accounts/index.ts';
import {
  changeErrors,
  checkDisassociation,
  checksView,
  partyOf,
  toChecksView,
} from '#lib/customer-development/index.ts';
import { customerScope } from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'check-disassociation',
  summary: 'What stands in the way of ending the association, all of it at once; nothing is written.',
  rules: 'ORD-13 to ORD-25, ORD-33, ORD-34',
  route: 'GET /v1/customers/{customerId}/disassociation-check',
  actors: ['member', 'customer'],
  permission: 'customer.association',
  scope: customerScope,
  partnerGrant: 'disassociation',
  path: z.object({ customerId: idParam }),
  response: checksView,
  errors: [
    changeErrors.NOT_ASSOCIATED,
    changeErrors.RESELLERS_CUSTOMER,
    changeErrors.WRONG_ASSOCIATION_TYPE,
    accountErrors.ACCOUNT_NOT_FOUND,
    accountErrors.PLATFORM_UNAVAILABLE,
  ],
  run: async ({ resource, actor, now }) => toChecksView(await checkDisassociation(resource, partyOf(actor), now)),
});
