import * as z from 'zod';
import { accountErrors } from '#lib/accounts/index.ts';
import {
  agreeToRequest,
  answerView,
  changeErrors,
  examineAnswer,
  partyOf,
  recordScope,
  rejectRequest,
  toAnswerView,
} from '#lib/customer-development/index.ts';
import { customerErrors } from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'review-association-request',
  summary: 'The side that did not ask agrees, which carries the request out at once, or rejects.',
  rules: 'ORD-11, ORD-12, ORD-33, ORD-35 to ORD-44, ORD-182',
  route: 'POST /v1/association-records/{recordId}/review',
  actors: ['member', 'customer'],
  permission: 'customer.association',
  scope: recordScope,
  partnerGrant: 'disassociation',
  critical: {
    keys: ['answer-disassociation'],
    choose: ({ actor }) => (actor.kind === 'member' ? 'answer-disassociation' : undefined),
  },
  customerTrace: 'approvePartnerOrCustomerApply',
  path: z.object({ recordId: idParam }),
  body: z.object({ decision: z.enum(['agree', 'reject']) }),
  response: answerView,
  errors: [
    changeErrors.NOT_COUNTERPARTY,
    changeErrors.RESELLERS_CUSTOMER,
    changeErrors.ALREADY_PROCESSED,
    changeErrors.CHECK_FAILED,
    changeErrors.REFERRAL_NOT_ENABLED,
    customerErrors.REFERRAL_NOT_POSSIBLE,
    accountErrors.ACCOUNT_NOT_FOUND,
    accountErrors.PLATFORM_UNAVAILABLE,
  ],
  check: ({ resource, actor }) => examineAnswer(resource, partyOf(actor)),
  run: async ({ path, body, actor, now }) => {
    const answer = body.decision === 'agree' ? agreeToRequest : rejectRequest;
    return toAnswerView(actor, await answer(path.recordId, partyOf(actor), now));
  },
});
