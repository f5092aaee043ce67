import * as z from 'zod';
import { accountErrors } from '#lib/accounts/index.ts';
import {
  answerView,
  changeErrors,
  examineTypeChange,
  partyOf,
  requestTypeChange,
  toAnswerView,
} from '#lib/customer-development/index.ts';
import { customerErrors, customerScope } from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'request-association-type-change',
  summary: 'Asks the other side to go on under another association type.',
  rules: 'ORD-01, ORD-31, ORD-35, ORD-36, ORD-180',
  route: 'POST /v1/customers/{customerId}/association-type-requests',
  actors: ['member', 'customer'],
  permission: 'customer.association',
  scope: customerScope,
  partnerGrant: 'disassociation',
  critical: {
    keys: ['request-disassociation', 'customer-request-disassociation'],
    choose: ({ actor }) => (actor.kind === 'member' ? 'request-disassociation' : 'customer-request-disassociation'),
  },
  customerTrace: 'applyUnbindOrSwitchCooperation',
  path: z.object({ customerId: idParam }),
  body: z.object({ newAssociationType: z.enum(['reseller', 'referral']) }),
  response: answerView,
  status: 201,
  errors: [
    changeErrors.NOT_ASSOCIATED,
    changeErrors.RESELLERS_CUSTOMER,
    changeErrors.SAME_TYPE,
    changeErrors.REFERRAL_NOT_ENABLED,
    customerErrors.REFERRAL_NOT_POSSIBLE,
    changeErrors.REQUEST_PENDING,
    changeErrors.CHECK_FAILED,
    accountErrors.ACCOUNT_NOT_FOUND,
    accountErrors.PLATFORM_UNAVAILABLE,
  ],
  check: async ({ resource, body, actor }) => {
    await examineTypeChange(resource, body.newAssociationType, partyOf(actor));
  },
  run: async ({ path, body, actor, now }) =>
    toAnswerView(actor, await requestTypeChange(path.customerId, body.newAssociationType, partyOf(actor), now)),
});
