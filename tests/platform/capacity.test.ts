import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { associateInvited } from '#lib/customer-development/index.ts';
import { handler as batchSetBudgets } from '../../functions/budgets/batch-set-budgets.ts';
import { handler as checkAction } from '../../functions/budgets/check-customer-action.ts';
import { handler as setMonthlyBudget } from '../../functions/budgets/set-monthly-budget.ts';
import { handler as expireInvitations } from '../../functions/customer-development/expire-invitations.ts';
import { handler as expireLeads } from '../../functions/customer-development/expire-leads.ts';
import { handler as inviteByEmail } from '../../functions/customer-development/invite-by-email.ts';
import { handler as preregisterCustomer } from '../../functions/customer-development/preregister-customer.ts';
import { handler as associateCustomer } from '../../functions/customers/associate-customer.ts';
import { handler as getCustomer } from '../../functions/customers/get-customer.ts';
import { handler as queryCustomers } from '../../functions/customers/query-customers.ts';
import { handler as registerCustomer } from '../../functions/customers/register-customer.ts';
import { handler as revealField } from '../../functions/customers/reveal-field.ts';
import { accept } from '../customer-alerts/alerts.ts';
import { anInvited, customerOf, enable, registered } from '../customer-development/association-story.ts';
import { consumedBy, type Units } from '../support/capacity.ts';
import { aCustomer, anOperator, aPartner, asSystem, clock, invoke, runSchedule, useStack } from '../support/index.ts';

useStack();

/** The reviewed table: a change of what an operation costs is a change of this file. */
const TABLE = JSON.parse(readFileSync(new URL('../../bench/capacity.json', import.meta.url), 'utf8')) as Record<
  string,
  Units
>;

const CASES: Record<string, () => Promise<() => Promise<{ status: number }>>> = {
  'get-customer': async () => {
    const partner = await aPartner();
    const { customerId } = await aCustomer({ of: partner });
    return () => invoke(getCustomer, { as: partner, path: { customerId }, query: { blocks: 'header' } });
  },
  'get-customer, all blocks': async () => {
    const partner = await aPartner();
    const { customerId } = await aCustomer({ of: partner });
    return () => invoke(getCustomer, { as: partner, path: { customerId } });
  },
  'query-customers, 10 of 10': async () => {
    const partner = await aPartner();
    for (let i = 0; i < 10; i += 1) await aCustomer({ of: partner });
    return () => invoke(queryCustomers, { as: partner });
  },
  'query-customers, 10 of 10 with alerts': async () => {
    const partner = await aPartner();
    for (let i = 0; i < 10; i += 1) await accept(await aCustomer({ of: partner }));
    return () => invoke(queryCustomers, { as: partner });
  },
  'register-customer': async () => {
    const operator = await anOperator();
    return () => invoke(registerCustomer, { as: operator, body: { accountId: 'capacity-1', accountName: 'Capacity' } });
  },
  'associate-customer': async () => {
    const [operator, partner, customer] = [await anOperator(), await aPartner(), await aCustomer()];
    return () =>
      invoke(associateCustomer, {
        as: operator,
        path: { customerId: customer.customerId },
        body: { partnerId: partner.partnerId },
      });
  },
  'reveal-field': async () => {
    const partner = await aPartner();
    const { customerId } = await aCustomer({ of: partner });
    return () => invoke(revealField, { as: partner, body: { customerIds: [customerId], field: 'email' } });
  },
  'set-monthly-budget': async () => {
    const partner = await aPartner();
    const path = { customerId: (await aCustomer({ of: partner })).customerId };
    return () => invoke(setMonthlyBudget, { as: partner, path, body: { amount: '100.00', expectedVersion: 0 } });
  },
  'set-monthly-budget, unfreezing': async () => {
    const partner = await aPartner();
    const path = { customerId: (await aCustomer({ of: partner })).customerId };
    const body = { amount: '100.00', unfreezeNow: true, expectedVersion: 0 };
    return () => invoke(setMonthlyBudget, { as: partner, path, body });
  },
  'batch-set-budgets, 100 customers': async () => {
    const partner = await aPartner();
    const customers = await Promise.all(Array.from({ length: 100 }, () => aCustomer({ of: partner })));
    const customerIds = customers.map(({ customerId }) => customerId);
    return () => invoke(batchSetBudgets, { as: partner, body: { customerIds, type: 'monthly', amount: '100.00' } });
  },
  'preregister-customer': async () => {
    const partner = await aPartner();
    return () => invoke(preregisterCustomer, { as: partner, body: aLead('one', false) });
  },
  'preregister-customer, inviting': async () => {
    const partner = await aPartner();
    return () => invoke(preregisterCustomer, { as: partner, body: aLead('two', true) });
  },
  'enable-and-associate': async () => {
    const { token, email } = await anInvited(await aPartner());
    const customer = await registered(token, email);
    return () => enable(token, customer);
  },
  'associate-invited-customer': async () => {
    const { token, email, invitationId } = await anInvited(await aPartner());
    const customer = await registered(token, email);
    await enable(token, customer);
    const { accountId } = await customerOf(customer.customerId);
    return async () => {
      await asSystem((now) => associateInvited({ invitationId, accountId }, 1, now));
      return { status: 200 };
    };
  },
  'expire-leads, one lead': async () => {
    await invoke(preregisterCustomer, { as: await aPartner(), body: aLead('three', false) });
    clock.advance({ days: 15 });
    await runSchedule(expireLeads, clock.now()); // those of the cases before
    await invoke(preregisterCustomer, { as: await aPartner(), body: aLead('four', false) });
    clock.advance({ days: 15 });
    return async () => {
      await runSchedule(expireLeads, clock.now());
      return { status: 200 };
    };
  },
  'invite-by-email, one lead': async () => {
    const partner = await aPartner();
    const { body } = await invoke(preregisterCustomer, { as: partner, body: aLead('five', false) });
    return () => invoke(inviteByEmail, { as: partner, body: { leadIds: [body.leadId] } });
  },
  'expire-invitations, one link': async () => {
    clock.advance({ days: 15 });
    await runSchedule(expireInvitations, clock.now()); // those of the cases before
    await invoke(preregisterCustomer, { as: await aPartner(), body: aLead('six', true) });
    clock.advance({ days: 7 });
    return async () => {
      await runSchedule(expireInvitations, clock.now());
      return { status: 200 };
    };
  },
  'check-customer-action, reserving': () => asking('100.00'),
  'check-customer-action, no room': () => asking('0.01'),
};

/** A purchase of 1.00 by a customer with a budget. */
async function asking(amount: string) {
  const [partner, operator] = [await aPartner(), await anOperator()];
  const path = { customerId: (await aCustomer({ of: partner })).customerId };
  await invoke(setMonthlyBudget, { as: partner, path, body: { amount, unfreezeNow: true, expectedVersion: 0 } });
  const purchase = { purchaseId: 'p-1', amount: '1.00' };
  return () =>
    invoke(checkAction, { as: operator, path, body: { action: 'buy', billingMode: 'yearly-monthly', purchase } });
}

const aLead = (name: string, sendInvitation: boolean) => ({
  customerName: 'Wilhelmina 1',
  email: `${name}@capacity.example`,
  sendInvitation,
});

describe('capacity units per operation', () => {
  it('the table names exactly the measured operations', () => {
    expect(Object.keys(TABLE)).toEqual(Object.keys(CASES));
  });

  it.each(Object.entries(CASES))('%s costs what the table says', async (name, prepare) => {
    const operation = await prepare();
    let status = 0;
    const units = await consumedBy(async () => {
      status = (await operation()).status;
    });
    expect(status).toBeLessThan(300);
    expect(units).toEqual(TABLE[name]);
  });

  it('a budget change costs at most 12 units', () => {
    expect(TABLE['set-monthly-budget']?.write).toBeLessThanOrEqual(12);
  });

  it('reading one customer costs at most 1 unit', () => {
    expect(TABLE['get-customer']?.read).toBeLessThanOrEqual(1);
  });
});
