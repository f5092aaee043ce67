import { beforeEach, describe, expect, it } from 'vitest';
import { listAssociations, loadCustomer } from '#lib/customers/index.ts';
import { instant } from '#lib/shared/time.ts';
import { handler as getQuota } from '../../functions/budgets/get-reseller-budget-quota.ts';
import { handler as listAdjustments } from '../../functions/budgets/list-budget-adjustments.ts';
import { handler as listAlerts } from '../../functions/budgets/list-budget-alerts.ts';
import { handler as endForCustomer } from '../../functions/customer-development/end-referral-association.ts';
import { handler as associate } from '../../functions/customers/associate-customer.ts';
import { handler as freeze } from '../../functions/customers/freeze-account.ts';
import { handler as restrict } from '../../functions/customers/restrict-pay-per-use.ts';
import { handler as listDetails } from '../../functions/expenditures/list-expenditure-details.ts';
import { consume } from '../billing/world.ts';
import { authorize, giveStanding, readBudget, setMonthly } from '../budgets/story.ts';
import {
  aMember,
  anOperator,
  clock,
  drain,
  invoke,
  platformAccount,
  publishedEvents,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import {
  aLeavableCustomer,
  anEnabledPartner,
  answered,
  asked,
  askedByCustomer,
  typeAsked,
  typeAskedByCustomer,
} from './changes.ts';

useStack();

beforeEach(() => void clock.set('2024-08-10T10:00:00+08:00'));

const of = ({ customerId }: { customerId: string }) => ({ path: { customerId } });

async function leave(partner: TestPartner, customer: TestCustomer): Promise<void> {
  const { recordId } = (await asked(partner, customer)).body;
  const { status } = await answered(customer, recordId, 'agree');
  expect(status).toBe(200);
}

const joinAgain = async ({ partner: { partnerId, distributorId } }: TestPartner, customer: TestCustomer) => {
  const body = distributorId ? { partnerId: distributorId, resellerId: partnerId } : { partnerId };
  expect(await invoke(associate, { as: await anOperator(), ...of(customer), body })).toMatchObject({ status: 201 });
};

describe('the budget ends with the association', () => {
  it('ORD-44, ORD-46: amount and alerts go, the adjustment stays, a new association starts without', async () => {
    const partner = await anEnabledPartner();
    const customer = await aLeavableCustomer({ of: partner });
    clock.advance({ days: 1 });
    await setMonthly(partner, customer, '100.00', { exhaustionMode: 'automatic' });
    await consume(customer, { list: '80', at: clock.now() });
    await drain();
    const alerts = async () => (await invoke(listAlerts, { as: partner })).body.items;
    expect(await alerts()).toMatchObject([{ threshold: 75, status: 'open' }]);

    clock.advance({ hours: 1 });
    const endedAt = clock.now();
    await leave(partner, customer);
    expect(await alerts()).toEqual([]); // of a customer that is theirs no more
    clock.advance({ days: 1 });
    await joinAgain(partner, customer);
    expect(await alerts()).toMatchObject([{ threshold: 75, status: 'cleared', clearedAt: endedAt }]);
    expect(await readBudget(partner, customer)).toMatchObject({
      ...{ type: 'monthly', amount: '0.00', exhaustionMode: 'manual', freezeCause: 'association-default' },
    });
    const { body } = await invoke(listAdjustments, { as: partner, ...of(customer) });
    expect(body.items).toMatchObject([
      { action: 'close', adjustedAt: endedAt, amountBefore: '100.00', amountAfter: '0.00', modeAfter: 'manual' },
      { action: 'set' },
    ]);
    expect(await setMonthly(partner, customer, '50.00')).toMatchObject({ status: 200 });
  });

  it('ORD-44, CUS-087: a reseller’s quota is free again', async () => {
    const distributor = await anEnabledPartner({ type: 'distributor' });
    const reseller = await anEnabledPartner({ of: distributor });
    await authorize(distributor, reseller.partnerId, '100.00', '50.00');
    await giveStanding(reseller.partnerId, { grants: ['customer-development', 'disassociation', 'budget-and-freeze'] });
    const customer = await aLeavableCustomer({ of: reseller });
    const quota = async () =>
      (await invoke(getQuota, { as: reseller, path: { resellerId: reseller.partnerId } })).body.monthly;
    await setMonthly(reseller, customer, '80.00');
    expect(await quota()).toMatchObject({ allocated: '80.00', available: '20.00' });
    clock.advance({ days: 1 });
    await leave(reseller, customer);
    expect(await quota()).toMatchObject({ allocated: '0.00', available: '100.00' });
    clock.advance({ days: 1 });
    await joinAgain(reseller, customer);
    expect(await setMonthly(reseller, customer, '100.00')).toMatchObject({ status: 200 });
  });

  it('ORD-44, CUS-172: a restriction of pay-per-use goes, too', async () => {
    const partner = await anEnabledPartner();
    const customer = await aLeavableCustomer({ of: partner });
    const body = { customerIds: [customer.customerId], reason: 'arrears' };
    expect(await invoke(restrict, { as: partner, body })).toMatchObject({ status: 200 });
    await leave(partner, customer);
    expect((await loadCustomer(customer.customerId))?.control).toEqual({
      freezeLevel: 'none',
      payPerUseRestricted: false,
    });
  });
});

describe('request-association-type-change', () => {
  it('ORD-35: refuses the same type, and the referral model where it is not enabled or not possible', async () => {
    const partner = await anEnabledPartner();
    const customer = await aLeavableCustomer({ of: partner });
    expect(await typeAsked(partner, customer, 'reseller')).toMatchObject({ status: 422, body: { code: 'SAME_TYPE' } });
    expect(await typeAsked(partner, customer, 'referral')).toMatchObject({
      status: 403,
      body: { code: 'REFERRAL_NOT_ENABLED' },
    });
    const distributor = await anEnabledPartner({ type: 'distributor' }, ['referral-model']);
    const reseller = await anEnabledPartner({ of: distributor });
    const theirs = await aLeavableCustomer({ of: reseller });
    expect(await typeAsked(reseller, theirs, 'referral')).toMatchObject({
      status: 422,
      body: { code: 'REFERRAL_NOT_POSSIBLE' },
    });
    expect(await typeAsked(partner, customer, 'other')).toMatchObject({ status: 400 });
  });

  it('ORD-35, ORD-36: agreed to, a customer in the reseller model becomes a referral one without budget and freeze', async () => {
    const partner = await anEnabledPartner({}, ['referral-model']);
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const customer = await aLeavableCustomer({ of: partner, accountManagerId: manager.memberId });
    const since = clock.now();
    await setMonthly(partner, customer, '100.00');
    clock.advance({ days: 1 });
    const request = await typeAsked(partner, customer, 'referral');
    expect(request).toMatchObject({
      status: 201,
      body: { purpose: 'association-type-change', status: 'pending-confirmation', newAssociationType: 'referral' },
    });
    expect((await loadCustomer(customer.customerId))?.association?.type).toBe('reseller');

    const changedAt = clock.advance({ hours: 1 });
    expect(await answered(customer, request.body.recordId, 'agree')).toMatchObject({ status: 200 });
    expect(await loadCustomer(customer.customerId)).toMatchObject({
      association: { type: 'referral', since: changedAt, accountManagers: { [partner.partnerId]: manager.memberId } },
      control: { freezeLevel: 'none', payPerUseRestricted: false },
    });
    expect(await listAssociations(customer.customerId)).toMatchObject([
      { type: 'reseller', since, endedAt: changedAt },
      { type: 'referral', since: changedAt },
    ]);
    const [changed] = (await publishedEvents('customer.association-type-changed')).filter(
      ({ detail }) => detail.customerId === customer.customerId,
    );
    expect(changed?.detail).toMatchObject({ typeBefore: 'reseller', typeAfter: 'referral', since: changedAt });
    const left = (await publishedEvents('customer.disassociated')).map(({ detail }) => detail.customerId);
    expect(left).not.toContain(customer.customerId);
  });

  it('ORD-36, FIN-11: what was spent before the change stays what it was', async () => {
    const partner = await anEnabledPartner({}, ['referral-model']);
    const customer = await aLeavableCustomer({ of: partner });
    clock.set('2024-08-20T12:00:00+08:00');
    const { recordId } = (await typeAsked(partner, customer, 'referral')).body;
    await answered(customer, recordId, 'agree');
    clock.set('2024-08-21T00:00:00+08:00');
    await consume(customer, { recordId: 'as-reseller', list: '1', at: '2024-08-20T12:00:00+08:00' });
    await consume(customer, { recordId: 'as-referral', list: '2', at: '2024-08-20T13:00:00+08:00' });
    const query = { customerId: customer.customerId, cycle: '2024-08' };
    expect((await invoke(listDetails, { as: partner, query })).body.items).toMatchObject([
      { recordId: 'as-referral', associationType: 'referral' },
      { recordId: 'as-reseller', associationType: 'reseller' },
    ]);
  });

  it('ORD-36: into the reseller model it freezes like a new association, with no budget', async () => {
    const partner = await anEnabledPartner();
    const customer = await aLeavableCustomer({ of: partner, type: 'referral' });
    clock.advance({ days: 1 });
    const { body, status } = await typeAskedByCustomer(customer, 'reseller');
    expect([status, body.initiatedBy]).toEqual([201, 'customer']);
    expect(await answered(partner, body.recordId, 'agree')).toMatchObject({ status: 200 });
    expect((await loadCustomer(customer.customerId))?.control).toMatchObject({
      freezeLevel: 'account',
      freezeCause: 'association-default',
    });
    expect(await readBudget(partner, customer)).toMatchObject({ amount: '0.00', type: 'monthly' });
  });

  it('ORD-36: into the reseller model only under its entry conditions, also when it is agreed to', async () => {
    const partner = await anEnabledPartner();
    const member = { enterpriseRole: 'member', contracts: ['professional-service'] } as const;
    const customer = await aLeavableCustomer(
      { of: partner, type: 'referral' },
      { ...member, contracts: [...member.contracts] },
    );
    const failed = {
      code: 'CHECK_FAILED',
      items: [{ code: 'ENTERPRISE_MEMBER' }, { code: 'PROFESSIONAL_SERVICE_CONTRACT' }],
    };
    expect(await typeAsked(partner, customer, 'reseller')).toMatchObject({ status: 409, body: failed });
    await platformAccount(customer.accountId, { enterpriseRole: 'none', contracts: [] });
    const { recordId } = (await typeAsked(partner, customer, 'reseller')).body;
    const validUntil = instant('2025-01-01T00:00:00Z');
    await platformAccount(customer.accountId, { reservedInstances: [{ validUntil }] });
    expect(await answered(customer, recordId, 'agree')).toMatchObject({
      status: 409,
      body: { items: [{ code: 'VALID_RESERVED_INSTANCE' }] },
    });
  });

  it('ORD-35: a manual freeze holds it up, cool-downs do not', async () => {
    const partner = await anEnabledPartner({}, ['referral-model']);
    const customer = await aLeavableCustomer({ of: partner });
    const { recordId } = (await asked(partner, customer)).body;
    await answered(customer, recordId, 'reject');
    await invoke(freeze, { as: partner, body: { customerIds: [customer.customerId], reason: 'arrears' } });
    expect((await typeAsked(partner, customer, 'referral')).body).toMatchObject({
      code: 'CHECK_FAILED',
      items: [{ code: 'MANUALLY_FROZEN' }],
    });
    const other = await aLeavableCustomer({ of: partner });
    await answered(other, (await asked(partner, other)).body.recordId, 'reject');
    expect(await typeAsked(partner, other, 'referral')).toMatchObject({ status: 201 });
  });

  it('ORD-01: a referral model that was taken away meanwhile is not agreed into', async () => {
    const partner = await anEnabledPartner({}, ['referral-model']);
    const customer = await aLeavableCustomer({ of: partner });
    const { recordId } = (await typeAsked(partner, customer, 'referral')).body;
    await giveStanding(partner.partnerId, { grants: ['disassociation'] });
    expect(await answered(customer, recordId, 'agree')).toMatchObject({
      status: 403,
      body: { code: 'REFERRAL_NOT_ENABLED' },
    });
  });

  it('ORD-23: a change of type starts no cool-down', async () => {
    const partner = await anEnabledPartner({}, ['referral-model']);
    const customer = await aLeavableCustomer({ of: partner });
    await answered(customer, (await typeAsked(partner, customer, 'referral')).body.recordId, 'reject');
    expect(await asked(partner, customer)).toMatchObject({ status: 201 });
  });

  it('ORD-34: an operator’s end cancels a change that waits', async () => {
    const partner = await anEnabledPartner();
    const customer = await aLeavableCustomer({ of: partner, type: 'referral' });
    const { recordId } = (await typeAsked(partner, customer, 'reseller')).body;
    const ended = await invoke(endForCustomer, { as: await anOperator(), ...of(customer), body: { reason: 'x' } });
    expect(ended).toMatchObject({ status: 201 });
    expect(await answered(customer, recordId, 'agree')).toMatchObject({ body: { code: 'ALREADY_PROCESSED' } });
    clock.advance({ days: 1 });
    await joinAgain(partner, customer);
    expect(await askedByCustomer(customer)).toMatchObject({ status: 201 }); // nothing is left of the old request
  });
});
