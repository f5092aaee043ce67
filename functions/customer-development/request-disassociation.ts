import * as z from 'zod';
import { accountErrors } from '#lib/accounts/index.ts';
import {
  answerView,
  changeErrors,
  examineWish,
  lastPartnerScope,
  partyOf,
  requestDisassociation,
  toAnswerView,
} from '#lib/customer-development/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'request-disassociation',
  summary:
    'Asks to end an association: in the reseller model the other side has to agree, in the referral model it ends at once.',
  rules: 'ORD-02, ORD-12 to ORD-34, ORD-182',
  route: 'POST /v1/customers/{customerId}/disassociation-requests',
  actors: ['member', 'customer'],
  permission: 'customer.association',
  scope: lastPartnerScope,
  partnerGrant: 'disassociation',
  critical: {
    keys: ['request-disassociation', 'customer-request-disassociation'],
    choose: ({ actor }) => (actor.kind === 'member' ? 'request-disassociation' : 'customer-request-disassociation'),
  },
  customerTrace: 'applyUnbindOrSwitchCooperation',
  path: z.object({ customerId: idParam }),
  body: z.object({
    acknowledged: z.boolean().optional().meta({ description: 'Must be true (ORD-27)' }),
    reason: z.string().optional().meta({ description: 'Of a partner: 1 to 256 characters' }),
  }),
  response: answerView,
  status: 201,
  errors: [
    changeErrors.NOT_ASSOCIATED,
    changeErrors.RESELLERS_CUSTOMER,
    changeErrors.WRONG_ASSOCIATION_TYPE,
    changeErrors.NOT_ACKNOWLEDGED,
    changeErrors.REASON_REQUIRED,
    changeErrors.REQUEST_PENDING,
    changeErrors.CHECK_FAILED,
    accountErrors.ACCOUNT_NOT_FOUND,
    accountErrors.PLATFORM_UNAVAILABLE,
  ],
  check: async ({ resource, body, actor }) => {
    await examineWish(resource, body, partyOf(actor));
  },
  run: async ({ path, body, actor, now }) =>
    toAnswerView(actor, await requestDisassociation(path.customerId, body, partyOf(actor), now)),
});
