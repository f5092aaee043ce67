import type { OperationHandler } from '#lib/shared/operation.ts';
import { handler as batchReject } from '../../functions/customer-development/batch-reject-association-requests.ts';
import { handler as check } from '../../functions/customer-development/check-disassociation.ts';
import { handler as requestTypeChange } from '../../functions/customer-development/request-association-type-change.ts';
import { handler as request } from '../../functions/customer-development/request-disassociation.ts';
import { handler as review } from '../../functions/customer-development/review-association-request.ts';
import { handler as withdraw } from '../../functions/customer-development/withdraw-association-request.ts';
import { askForCode, giveStanding, sentCode, withCode } from '../organization/critical-operation.ts';
import {
  type Answer,
  aCustomer,
  aPartner,
  type Caller,
  invoke,
  platformAccount,
  type Request,
  type TestCustomer,
  type TestPartner,
} from '../support/index.ts';

export const REASON = 'The project is over.';

/** A partner that operators enabled for disassociation (ORD-182). */
export async function anEnabledPartner(
  wish: Parameters<typeof aPartner>[0] = {},
  more: readonly 'referral-model'[] = [],
): Promise<TestPartner> {
  const partner = await aPartner(wish);
  await giveStanding(partner.partnerId, { grants: ['customer-development', 'disassociation', ...more] });
  return partner;
}

/** An associated customer with a plain account at the platform, which nothing keeps from leaving. */
export async function aLeavableCustomer(
  wish: Parameters<typeof aCustomer>[0],
  facts: Parameters<typeof platformAccount>[1] = {},
): Promise<TestCustomer> {
  const customer = await aCustomer(wish);
  await platformAccount(customer.accountId, {
    accountName: customer.accountName,
    email: `${customer.accountId}@example.com`,
    subject: customer.subject,
    country: 'SG',
    currency: 'USD',
    servicesEnabled: true,
    ...facts,
  });
  return customer;
}

const of = ({ customerId }: Pick<TestCustomer, 'customerId'>) => ({ path: { customerId } });

export const checked = (as: Caller, customer: TestCustomer): Promise<Answer> => invoke(check, { as, ...of(customer) });

/** A partner's request; its own reason unless told otherwise. */
export const asked = (as: Caller, customer: TestCustomer, more: Partial<Request> = {}): Promise<Answer> =>
  invoke(request, { as, ...of(customer), body: { acknowledged: true, reason: REASON }, ...more });

/** A customer's request, with the code sent to its mobile number. */
export const askedByCustomer = (customer: TestCustomer, body: object = { acknowledged: true }): Promise<Answer> =>
  confirmed(request, customer, { ...of(customer), body });

export const typeAsked = (as: Caller, customer: TestCustomer, newAssociationType: string): Promise<Answer> =>
  invoke(requestTypeChange, { as, ...of(customer), body: { newAssociationType } });

export const typeAskedByCustomer = (customer: TestCustomer, newAssociationType: string): Promise<Answer> =>
  confirmed(requestTypeChange, customer, { ...of(customer), body: { newAssociationType } });

export const answered = (
  as: Caller,
  recordId: string,
  decision: 'agree' | 'reject',
  more: Partial<Request> = {},
): Promise<Answer> => invoke(review, { as, path: { recordId }, body: { decision }, ...more });

export const withdrawn = (as: Caller, recordId: string): Promise<Answer> =>
  invoke(withdraw, { as, path: { recordId } });

export const allRejected = (as: Caller, recordIds: readonly string[]): Promise<Answer> =>
  invoke(batchReject, { as, body: { recordIds } });

/** Repeats a request with the code that its refusal asks for; what is refused for another reason is answered as it is. */
export async function confirmed(
  handler: OperationHandler,
  as: Caller,
  wish: Omit<Request, 'as'>,
  channel: 'sms' | 'email' = 'sms',
): Promise<Answer> {
  const first = await invoke(handler, { as, ...wish });
  if (first.body.code !== 'VERIFICATION_REQUIRED') return first;
  const { challengeId } = first.body;
  const code = await askForCode(as, challengeId, channel);
  if (code.status !== 202) return code;
  return invoke(handler, { as, ...wish, ...withCode(challengeId, sentCode(challengeId)) });
}
