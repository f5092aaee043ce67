import { beforeEach, expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import { handler as setMonthlyBudget } from '../../functions/budgets/set-monthly-budget.ts';
import { handler as listRecords } from '../../functions/customer-development/list-association-records.ts';
import { handler as freeze } from '../../functions/customers/freeze-account.ts';
import { handler as getCustomer } from '../../functions/customers/get-customer.ts';
import { handler as unfreeze } from '../../functions/customers/unfreeze-account.ts';
import { handler as listDetails } from '../../functions/expenditures/list-expenditure-details.ts';
import { consume } from '../billing/world.ts';
import {
  aLeavableCustomer,
  allRejected,
  anEnabledPartner,
  answered,
  asked,
  askedByCustomer,
  checked,
} from '../customer-development/changes.ts';
import { clock, drain, invoke, platformAccount, useStack } from '../support/index.ts';

/** The acceptance examples 1 to 7 of chapter 06. */
useStack();

beforeEach(() => void clock.set('2024-01-15T10:00:00+08:00'));

const codes = (items: readonly { code: string }[]) => items.map(({ code }) => code);
const failing = ({ body }: { body: { checks: { code: string; passed: boolean }[] } }) =>
  codes(body.checks.filter(({ passed }) => !passed));

it('ORD-23, ORD-24 (example 1): a rejected request counts for three months, to the second', async () => {
  const partner = await anEnabledPartner();
  const customer = await aLeavableCustomer({ of: partner });
  clock.set('2024-05-14T20:02:08+08:00');
  const { recordId } = (await asked(partner, customer)).body;
  clock.set('2024-05-15T09:00:00+08:00');
  await answered(customer, recordId, 'reject');

  clock.set('2024-08-14T20:02:07+08:00');
  const early = await asked(partner, customer);
  expect(early).toMatchObject({
    status: 409,
    body: { code: 'CHECK_FAILED', items: [{ code: 'PARTNER_COOLDOWN', until: '2024-08-14T12:02:08.000Z' }] },
  });
  clock.set('2024-08-14T20:02:08+08:00');
  expect(await asked(partner, customer)).toMatchObject({ status: 201 });
});

it('ORD-23 (example 1): after the 30th of November the 28th of February', async () => {
  const partner = await anEnabledPartner();
  const customer = await aLeavableCustomer({ of: partner });
  clock.set('2024-11-30T10:00:00+08:00');
  await answered(customer, (await asked(partner, customer)).body.recordId, 'reject');
  clock.set('2025-02-28T09:59:59.999+08:00');
  expect((await asked(partner, customer)).body).toMatchObject({ items: [{ code: 'PARTNER_COOLDOWN' }] });
  clock.set('2025-02-28T10:00:00+08:00');
  expect(await asked(partner, customer)).toMatchObject({ status: 201 });
});

it('ORD-13, ORD-15 (example 2): three things in the way come in one answer, and no record exists', async () => {
  const partner = await anEnabledPartner();
  const customer = await aLeavableCustomer(
    { of: partner },
    {
      currency: undefined,
      reservedInstances: [{ validUntil: instant('2025-01-01T00:00:00+08:00') }],
      ordersAwaitingPartnerPayment: 1,
    },
  );
  clock.set('2024-07-01T10:00:00+08:00');
  const expected = ['UNEXPIRED_RESERVED_INSTANCE', 'CURRENCY_NOT_SET', 'ORDERS_AWAITING_PARTNER_PAYMENT'];
  expect(failing(await checked(customer, customer))).toEqual(expected);
  const request = await askedByCustomer(customer);
  expect(request).toMatchObject({ status: 409, body: { code: 'CHECK_FAILED' } });
  expect(codes(request.body.items)).toEqual(expected);
  expect((await invoke(listRecords, { as: partner, query: { purpose: 'disassociation' } })).body.items).toEqual([]);
});

it('ORD-18 (example 3): a freeze by hand blocks, the default one and that of an exhausted budget do not', async () => {
  const partner = await anEnabledPartner();
  const customer = await aLeavableCustomer({ of: partner });
  const { customerId } = customer;
  const freezeOf = async () =>
    (await invoke(getCustomer, { as: partner, path: { customerId } })).body.freezeCause as string | null;
  expect([await freezeOf(), failing(await checked(partner, customer))]).toEqual(['association-default', []]);

  const body = { customerIds: [customerId], reason: 'arrears' };
  await invoke(freeze, { as: partner, body });
  expect((await asked(partner, customer)).body).toMatchObject({ items: [{ code: 'MANUALLY_FROZEN' }] });

  await invoke(unfreeze, { as: partner, body });
  const budget = { amount: '10.00', exhaustionMode: 'automatic', expectedVersion: 0 };
  clock.advance({ hours: 2 });
  await invoke(setMonthlyBudget, { as: partner, path: { customerId }, body: budget });
  await consume(customer, { list: '10.00', at: clock.now() });
  await drain();
  expect(await freezeOf()).toBe('budget-exhaustion');
  expect(await asked(partner, customer)).toMatchObject({ status: 201 });
});

it('ORD-29, ORD-30, ORD-43 (example 4): pending in the reseller model, and usage goes on; at once in the referral model', async () => {
  const partner = await anEnabledPartner();
  const reselling = await aLeavableCustomer({ of: partner });
  const referred = await aLeavableCustomer({ of: partner, type: 'referral' });
  clock.set('2024-02-10T10:00:00+08:00');
  expect(await asked(partner, reselling)).toMatchObject({ body: { status: 'pending-confirmation' } });
  expect(await asked(partner, referred)).toMatchObject({ body: { status: 'completed' } });
  clock.set('2024-02-10T18:00:00+08:00');
  const [recordId] = await consume(reselling, { list: '1', at: '2024-02-10T15:00:00+08:00' });
  const query = { customerId: reselling.customerId, cycle: '2024-02' };
  expect((await invoke(listDetails, { as: partner, query })).body.items).toMatchObject([{ recordId }]);
});

it('ORD-41 (example 5): what was bought meanwhile leaves the request pending', async () => {
  const partner = await anEnabledPartner();
  const customer = await aLeavableCustomer({ of: partner });
  const { recordId } = (await asked(partner, customer)).body;
  const validUntil = instant('2025-01-01T00:00:00+08:00');
  await platformAccount(customer.accountId, { reservedInstances: [{ validUntil }] });
  expect(await answered(customer, recordId, 'agree')).toMatchObject({
    status: 409,
    body: { code: 'CHECK_FAILED', items: [{ code: 'UNEXPIRED_RESERVED_INSTANCE' }] },
  });
  const records = () => invoke(listRecords, { as: partner, query: { status: 'pending-confirmation' } });
  expect((await records()).body.items).toMatchObject([{ recordId }]);
  await platformAccount(customer.accountId, { reservedInstances: [] });
  expect(await answered(customer, recordId, 'agree')).toMatchObject({ status: 200, body: { status: 'completed' } });
});

it('ORD-40 (example 6): of three rejected at once, the one that a colleague processed reports it', async () => {
  const partner = await anEnabledPartner();
  const ids: string[] = [];
  for (let i = 0; i < 3; i += 1) {
    const customer = await aLeavableCustomer({ of: partner });
    ids.push((await askedByCustomer(customer)).body.recordId);
  }
  await answered(partner, ids[1] ?? '', 'reject');
  const { status, body } = await allRejected(partner, ids);
  expect(status).toBe(200);
  expect(body.results).toMatchObject([
    { recordId: ids[0], status: 'done', record: { status: 'rejected' } },
    { recordId: ids[1], status: 'refused', code: 'ALREADY_PROCESSED' },
    { recordId: ids[2], status: 'done', record: { status: 'rejected' } },
  ]);
});

it('ORD-25 (example 7): a reseller waits after its customer’s own request', async () => {
  const distributor = await anEnabledPartner({ type: 'distributor' });
  const reseller = await anEnabledPartner({ of: distributor });
  const customer = await aLeavableCustomer({ of: reseller });
  clock.set('2024-06-10T10:00:00+08:00');
  await answered(reseller, (await askedByCustomer(customer)).body.recordId, 'reject');
  clock.set('2024-08-01T10:00:00+08:00');
  expect((await asked(reseller, customer)).body).toMatchObject({ items: [{ code: 'CUSTOMER_RECENT_REQUEST' }] });
  clock.set('2024-09-10T10:00:00+08:00');
  expect(await asked(reseller, customer)).toMatchObject({ status: 201 });
});
