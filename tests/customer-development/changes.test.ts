import { beforeEach, describe, expect, it } from 'vitest';
import { listAssociations, loadCustomer } from '#lib/customers/index.ts';
import { handler as endForCustomer } from '../../functions/customer-development/end-referral-association.ts';
import { handler as request } from '../../functions/customer-development/request-disassociation.ts';
import { handler as freeze } from '../../functions/customers/freeze-account.ts';
import { handler as getCustomer } from '../../functions/customers/get-customer.ts';
import { handler as listFreezeRecords } from '../../functions/customers/list-freeze-records.ts';
import { handler as queryCustomers } from '../../functions/customers/query-customers.ts';
import { askForCode, giveStanding, sentCode, withCode } from '../organization/critical-operation.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  clock,
  invoke,
  platformAccount,
  platformOutage,
  publishedEvents,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import {
  aLeavableCustomer,
  anEnabledPartner,
  answered,
  asked,
  askedByCustomer,
  checked,
  confirmed,
  REASON,
  withdrawn,
} from './changes.ts';

useStack();

beforeEach(() => void clock.advance({ days: 1 }));

const of = ({ customerId }: { customerId: string }) => ({ path: { customerId } });
const eventsOf = async (customerId: string, ...names: string[]) =>
  (await publishedEvents(...names)).filter(({ detail }) => detail.customerId === customerId);

/** A partner with a customer of its own, a day after their association. */
async function aPair(type: 'reseller' | 'referral' = 'reseller') {
  const partner = await anEnabledPartner();
  const customer = await aLeavableCustomer({ of: partner, type });
  clock.advance({ days: 1 });
  return { partner, customer };
}

describe('check-disassociation', () => {
  it('ORD-13: names every check and writes nothing', async () => {
    const { partner, customer } = await aPair();
    const { status, body } = await checked(partner, customer);
    expect(status).toBe(200);
    expect(body.checks.map(({ passed }: { passed: boolean }) => passed)).toEqual([true, true, true, true, true]);
    expect(await checked(partner, customer)).toMatchObject({ status: 200, body });
    expect(await asked(partner, customer)).toMatchObject({ status: 201 }); // no cool-down has begun
  });

  it('ORD-25: a reseller is told of its customer’s own request', async () => {
    const distributor = await anEnabledPartner({ type: 'distributor' });
    const reseller = await anEnabledPartner({ of: distributor });
    const customer = await aLeavableCustomer({ of: reseller });
    const { body } = await checked(reseller, customer);
    expect(body.checks.map(({ code }: { code: string }) => code)).toContain('CUSTOMER_RECENT_REQUEST');
  });

  it('the platform not answering is no pass', async () => {
    const { partner, customer } = await aPair();
    await platformOutage(true);
    expect(await checked(partner, customer)).toMatchObject({ status: 503, body: { code: 'PLATFORM_UNAVAILABLE' } });
    expect(await asked(partner, customer)).toMatchObject({ status: 503, body: { code: 'PLATFORM_UNAVAILABLE' } });
    await platformOutage(false);
    expect(await asked(partner, customer)).toMatchObject({ status: 201 });
  });

  it('an account that the platform does not know cannot be judged', async () => {
    const { partner } = await aPair();
    const unknown = await aCustomer({ of: partner });
    expect(await asked(partner, unknown)).toMatchObject({ status: 404, body: { code: 'ACCOUNT_NOT_FOUND' } });
  });
});

describe('request-disassociation by a partner', () => {
  it.each([
    [{ reason: REASON }, 'NOT_ACKNOWLEDGED'],
    [{ reason: REASON, acknowledged: false }, 'NOT_ACKNOWLEDGED'],
    [{ acknowledged: true }, 'REASON_REQUIRED'],
    [{ acknowledged: true, reason: '' }, 'REASON_REQUIRED'],
    [{ acknowledged: true, reason: '   ' }, 'REASON_REQUIRED'],
    [{ acknowledged: true, reason: '😀'.repeat(257) }, 'REASON_REQUIRED'],
  ])('ORD-27, ORD-28: %o is refused as %s', async (body, code) => {
    const { partner, customer } = await aPair();
    expect(await asked(partner, customer, { body })).toMatchObject({ status: 422, body: { code } });
  });

  it('ORD-28: 256 characters are a reason, counted as people count', async () => {
    const { partner, customer } = await aPair();
    const body = { acknowledged: true, reason: '😀'.repeat(256) };
    expect(await asked(partner, customer, { body })).toMatchObject({ status: 201, body: { reason: body.reason } });
  });

  it('ORD-29: waits for the customer; until then the association goes on', async () => {
    const { partner, customer } = await aPair();
    expect(await asked(partner, customer)).toMatchObject({
      status: 201,
      body: {
        status: 'pending-confirmation',
        purpose: 'disassociation',
        initiatedBy: 'partner',
        associationType: 'reseller',
        partnerId: partner.partnerId,
        customerName: 'C***r',
        mobileNumber: '+49****5678',
        processedAt: null,
      },
    });
    expect(await invoke(getCustomer, { as: partner, ...of(customer) })).toMatchObject({
      body: { association: { partnerId: partner.partnerId } },
    });
    expect(await eventsOf(customer.customerId, 'customer.disassociated')).toEqual([]);
  });

  it('ORD-31: one request at a time, said before the checks and to both sides', async () => {
    const { partner, customer } = await aPair();
    await asked(partner, customer);
    await platformAccount(customer.accountId, { overdue: true });
    expect(await asked(partner, customer)).toMatchObject({ status: 409, body: { code: 'REQUEST_PENDING' } });
    expect(await askedByCustomer(customer)).toMatchObject({ status: 409, body: { code: 'REQUEST_PENDING' } });
  });

  it('ORD-182: the partner needs the right, the member the permission (ORG-11)', async () => {
    const { partner, customer } = await aPair();
    const { body } = await askedByCustomer(customer);
    const manager = await aMember({ of: partner, roles: ['account-director'] });
    expect(await asked(manager, customer)).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
    await giveStanding(partner.partnerId, { grants: [] });
    const refused = { status: 403, body: { code: 'PARTNER_NOT_ENABLED' } };
    expect(await checked(partner, customer)).toMatchObject(refused);
    expect(await asked(partner, customer)).toMatchObject(refused);
    expect(await answered(partner, body.recordId, 'reject')).toMatchObject(refused);
  });

  it('ORD-08: another partner’s customer is like none', async () => {
    const { customer } = await aPair();
    const stranger = await anEnabledPartner();
    expect(await asked(stranger, customer)).toMatchObject({ status: 404, body: { code: 'CUSTOMER_NOT_FOUND' } });
    const other = await aPair();
    expect(await invoke(request, { as: other.customer, ...of(customer), body: {} })).toMatchObject({ status: 404 });
  });

  it('ORD-33: a distributor neither asks nor answers for its resellers’ customers', async () => {
    const distributor = await anEnabledPartner({ type: 'distributor' });
    const reseller = await anEnabledPartner({ of: distributor });
    const customer = await aLeavableCustomer({ of: reseller });
    const refused = { status: 403, body: { code: 'RESELLERS_CUSTOMER' } };
    expect(await checked(distributor, customer)).toMatchObject(refused);
    expect(await asked(distributor, customer)).toMatchObject(refused);
    const { body } = await askedByCustomer(customer);
    expect(body).toMatchObject({ partnerId: reseller.partnerId, distributorId: distributor.partnerId });
    expect(await answered(distributor, body.recordId, 'agree')).toMatchObject(refused);
    expect(await answered(reseller, body.recordId, 'agree')).toMatchObject({ status: 200 });
  });

  it('ORD-11, ORD-12: asks for a code where the function is on, after the form and before the checks', async () => {
    const { partner, customer } = await aPair();
    await giveStanding(partner.partnerId, { verificationEnabled: true });
    expect(await asked(partner, customer, { body: {} })).toMatchObject({ body: { code: 'NOT_ACKNOWLEDGED' } });
    const first = await asked(partner, customer);
    expect(first).toMatchObject({ status: 403, body: { code: 'VERIFICATION_REQUIRED' } });
    expect(first.body.operationKey).toBe('request-disassociation');
    const body = { acknowledged: true, reason: REASON };
    expect(await confirmed(request, partner, { ...of(customer), body }, 'email')).toMatchObject({ status: 201 });
  });

  it('ORD-07: the same key is the same request', async () => {
    const { partner, customer } = await aPair();
    const headers = { 'Idempotency-Key': 'once' };
    const first = await asked(partner, customer, { headers });
    const again = await asked(partner, customer, { headers });
    expect(again).toMatchObject({ status: 201, body: first.body, headers: { 'idempotent-replayed': 'true' } });
    const body = { acknowledged: true, reason: 'Another one.' };
    expect(await asked(partner, customer, { headers, body })).toMatchObject({ status: 422 });
  });

  it('ORD-07: also where the first one has ended the association, or has answered', async () => {
    const { partner, customer } = await aPair('referral');
    const headers = { 'Idempotency-Key': 'once' };
    const first = await asked(partner, customer, { headers });
    expect(await asked(partner, customer, { headers })).toMatchObject({ status: 201, body: first.body });
    expect(await asked(partner, customer)).toMatchObject({ status: 409, body: { code: 'NOT_ASSOCIATED' } });
    const other = await aPair();
    const { recordId } = (await asked(other.partner, other.customer)).body;
    const agreed = await answered(other.customer, recordId, 'agree', { headers });
    expect(await answered(other.customer, recordId, 'agree', { headers })).toMatchObject({
      status: 200,
      body: agreed.body,
    });
  });
});

describe('request-disassociation in the referral model', () => {
  it('ORD-30: a partner’s request ends the association at once', async () => {
    const { partner, customer } = await aPair('referral');
    const { status, body } = await asked(partner, customer);
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'completed', processedAt: clock.now(), initiatedBy: 'partner' });
    expect(await invoke(getCustomer, { as: partner, ...of(customer) })).toMatchObject({ status: 404 });
    const [ended] = await eventsOf(customer.customerId, 'customer.disassociated');
    expect(ended?.detail).toMatchObject({ type: 'referral', recordId: body.recordId, endedAt: clock.now() });
    expect(await eventsOf(customer.customerId, 'customer.unfrozen')).toEqual([]); // nothing was frozen
  });

  it('ORD-02, ORD-34: a customer’s own request is refused, an operator ends it with a reason', async () => {
    const { partner, customer } = await aPair('referral');
    const operator = await anOperator();
    const refused = { status: 422, body: { code: 'WRONG_ASSOCIATION_TYPE' } };
    expect(await askedByCustomer(customer)).toMatchObject(refused);
    expect(await checked(customer, customer)).toMatchObject(refused);
    const end = (body: object, as = operator as { subject: string }) =>
      invoke(endForCustomer, { as, ...of(customer), body });
    expect(await end({ reason: ' ' })).toMatchObject({ status: 422, body: { code: 'REASON_REQUIRED' } });
    expect(await end({ reason: 'x' }, partner)).toMatchObject({ status: 403 });
    const done = await end({ reason: 'Ticket 4711' });
    expect(done).toMatchObject({
      status: 201,
      body: { status: 'completed', initiatedBy: 'customer', reason: 'Ticket 4711' },
    });
    expect((await loadCustomer(customer.customerId))?.association?.endedAt).toBe(clock.now());
    expect(await end({ reason: 'again' })).toMatchObject({ status: 409, body: { code: 'NOT_ASSOCIATED' } });
  });

  it('ORD-34: operators end referral associations only', async () => {
    const { customer } = await aPair();
    const as = await anOperator();
    expect(await invoke(endForCustomer, { as, ...of(customer), body: { reason: 'x' } })).toMatchObject({
      status: 422,
      body: { code: 'WRONG_ASSOCIATION_TYPE' },
    });
  });
});

describe('request-disassociation by a customer', () => {
  it('ORD-28: always takes a code, sent by text message and in no other way', async () => {
    const { customer } = await aPair();
    const first = await invoke(request, { as: customer, ...of(customer), body: { acknowledged: true } });
    expect(first).toMatchObject({ status: 403, body: { code: 'VERIFICATION_REQUIRED' } });
    expect(first.body).toMatchObject({
      operationKey: 'customer-request-disassociation',
      channels: [{ channel: 'sms', destination: '+49****5678' }],
    });
    const { challengeId } = first.body;
    expect(await askForCode(customer, challengeId, 'email')).toMatchObject({
      status: 422,
      body: { code: 'CHANNEL_NOT_AVAILABLE' },
    });
    expect(await askForCode(customer, challengeId, 'sms')).toMatchObject({ status: 202 });
    const repeated = (code: string) =>
      invoke(request, {
        as: customer,
        ...of(customer),
        body: { acknowledged: true },
        ...withCode(challengeId, code),
      });
    const code = sentCode(challengeId);
    const wrong = code === '000000' ? '000001' : '000000';
    expect(await repeated(wrong)).toMatchObject({ status: 403, body: { code: 'VERIFICATION_FAILED' } });
    expect(await repeated(code)).toMatchObject({ status: 201, body: { initiatedBy: 'customer', reason: null } });
  });

  it('ORG-174: somebody else’s challenge is like none', async () => {
    const { customer } = await aPair();
    const other = await aPair();
    const { body } = await invoke(request, { as: customer, ...of(customer), body: { acknowledged: true } });
    expect(await askForCode(other.customer, body.challengeId, 'sms')).toMatchObject({ status: 404 });
  });

  it('ORG-175: resending waits 60 seconds, and ten codes an hour are all', async () => {
    const { customer } = await aPair();
    const challenge = async () =>
      (await invoke(request, { as: customer, ...of(customer), body: { acknowledged: true } })).body.challengeId;
    const tooMany = { status: 429, body: { code: 'TOO_MANY_CODES' } };
    expect(await askForCode(customer, await challenge(), 'sms')).toMatchObject({ status: 202 });
    clock.advance({ seconds: 59 });
    expect(await askForCode(customer, await challenge(), 'sms')).toMatchObject(tooMany);
    clock.advance({ seconds: 1 });
    for (let sent = 1; sent < 10; sent += 1) {
      expect(await askForCode(customer, await challenge(), 'sms')).toMatchObject({ status: 202 });
      clock.advance({ minutes: 1 });
    }
    expect(await askForCode(customer, await challenge(), 'sms')).toMatchObject(tooMany);
  });

  it('ORD-27: a customer confirms the consequences, too', async () => {
    const { customer } = await aPair();
    expect(await askedByCustomer(customer, {})).toMatchObject({ status: 422, body: { code: 'NOT_ACKNOWLEDGED' } });
  });

  it('a customer without a partner has nothing to end', async () => {
    const customer = await aLeavableCustomer({});
    expect(await askedByCustomer(customer)).toMatchObject({ status: 409, body: { code: 'NOT_ASSOCIATED' } });
  });
});

describe('withdraw-association-request', () => {
  it('ORD-32, ORD-24: only the initiator withdraws, and its cool-down goes on', async () => {
    const { partner, customer } = await aPair();
    const { body } = await asked(partner, customer);
    expect(await withdrawn(customer, body.recordId)).toMatchObject({ status: 403, body: { code: 'NOT_INITIATOR' } });
    clock.advance({ days: 400 }); // ORD-32: pending requests do not expire
    expect(await withdrawn(partner, body.recordId)).toMatchObject({ status: 200, body: { status: 'canceled' } });
    expect(await withdrawn(partner, body.recordId)).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_PROCESSED' },
    });
    expect(await asked(partner, customer)).toMatchObject({ status: 201 });
  });

  it('ORD-24: a withdrawn request counts', async () => {
    const { partner, customer } = await aPair();
    await withdrawn(partner, (await asked(partner, customer)).body.recordId);
    clock.advance({ days: 1 });
    const again = await asked(partner, customer);
    expect(again).toMatchObject({ status: 409, body: { code: 'CHECK_FAILED' } });
    expect(again.body.items).toMatchObject([{ code: 'PARTNER_COOLDOWN', passed: false }]);
    expect(await askedByCustomer(customer)).toMatchObject({ status: 201 }); // the customer has not asked yet
  });

  it('ORD-08: a stranger’s request is like none', async () => {
    const { partner, customer } = await aPair();
    const { recordId } = (await asked(partner, customer)).body;
    const [stranger, other] = [await anEnabledPartner(), await aPair()];
    for (const as of [stranger, other.customer]) {
      expect(await withdrawn(as, recordId)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
      expect(await answered(as, recordId, 'agree')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    }
  });
});

describe('review-association-request', () => {
  it('ORD-37: only the side that did not ask answers', async () => {
    const { partner, customer } = await aPair();
    const { recordId } = (await asked(partner, customer)).body;
    const refused = { status: 403, body: { code: 'NOT_COUNTERPARTY' } };
    expect(await answered(partner, recordId, 'agree')).toMatchObject(refused);
    expect(await answered(partner, recordId, 'reject')).toMatchObject(refused);
  });

  it('a rejected request leaves the association as it was and room for the next', async () => {
    const { partner, customer } = await aPair();
    const { recordId } = (await asked(partner, customer)).body;
    expect(await answered(customer, recordId, 'reject')).toMatchObject({ status: 200, body: { status: 'rejected' } });
    expect(await answered(customer, recordId, 'agree')).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_PROCESSED' },
    });
    expect(await invoke(getCustomer, { as: partner, ...of(customer) })).toMatchObject({ status: 200 });
    expect(await askedByCustomer(customer)).toMatchObject({ status: 201 });
  });

  it('ORD-12: a partner answers with a code where the function is on, a customer without', async () => {
    const { partner, customer } = await aPair();
    await giveStanding(partner.partnerId, { verificationEnabled: true });
    const { recordId } = (await askedByCustomer(customer)).body;
    const first = await answered(partner, recordId, 'agree');
    expect(first).toMatchObject({ status: 403, body: { operationKey: 'answer-disassociation' } });
    const { challengeId } = first.body;
    await askForCode(partner, challengeId, 'email');
    const more = withCode(challengeId, sentCode(challengeId));
    // the code is for agreeing, so it does not carry a rejection (ORG-174)
    expect(await answered(partner, recordId, 'reject', more)).toMatchObject({
      body: { code: 'VERIFICATION_FAILED' },
    });
    expect(await answered(partner, recordId, 'agree', more)).toMatchObject({ status: 200 });
  });

  it('ORD-43, ORD-44, CUS-032: an agreement ends the association at that instant, with freeze and assignment', async () => {
    const partner = await anEnabledPartner();
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const customer = await aLeavableCustomer({ of: partner, accountManagerId: manager.memberId });
    const since = clock.now();
    clock.advance({ days: 3 });
    const { recordId } = (await askedByCustomer(customer)).body;
    const endedAt = clock.advance({ hours: 1 });
    expect(await answered(partner, recordId, 'agree')).toMatchObject({
      status: 200,
      body: { status: 'completed', processedAt: endedAt },
    });

    const after = await loadCustomer(customer.customerId);
    expect(after?.association).toMatchObject({ partnerId: partner.partnerId, since, endedAt });
    expect(after?.control).toEqual({ freezeLevel: 'none', payPerUseRestricted: false });
    expect(await listAssociations(customer.customerId)).toMatchObject([{ since, endedAt }]);
    for (const as of [partner, manager]) expect((await invoke(queryCustomers, { as })).body.items).toEqual([]);
    const operator = await anOperator();
    const { body } = await invoke(listFreezeRecords, { as: operator, ...of(customer) });
    expect(body.items[0]).toMatchObject({ action: 'unfreeze-account', cause: 'association-ended' });
    const events = await eventsOf(customer.customerId, 'customer.disassociated', 'customer.unfrozen');
    expect(events.map(({ name, detail }) => [name, detail.initiatedBy ?? detail.cause])).toEqual(
      expect.arrayContaining([
        ['customer.disassociated', 'customer'],
        ['customer.unfrozen', 'association-ended'],
      ]),
    );
    expect(await tracesOf(partner.partnerId, 'review-association-request')).toMatchObject([
      { outcome: 'done', after: { recordId, status: 'completed', customerName: 'C***r' } },
    ]);
  });

  it('ORD-44: a freeze that the partner set goes with the partner', async () => {
    const { partner, customer } = await aPair();
    const { customerId } = customer;
    await invoke(freeze, { as: partner, body: { customerIds: [customerId], reason: 'arrears' } });
    const { recordId } = (await askedByCustomer(customer)).body; // ORD-15: a freeze does not hold a customer up
    expect(await answered(partner, recordId, 'agree')).toMatchObject({ status: 200 });
    expect((await loadCustomer(customerId))?.control.freezeLevel).toBe('none');
  });

  it('a partner that has no customers cannot be asked at all', async () => {
    const { customer } = await aPair();
    expect(await checked(await aPartner(), customer)).toMatchObject({ status: 404 });
  });
});
