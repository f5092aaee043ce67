import { describe, expect, it } from 'vitest';
import { customerAssociated } from '#events/customers.ts';
import { getItem } from '#lib/shared/dynamodb.ts';
import { handler as associateCustomer } from '../../functions/customers/associate-customer.ts';
import { handler as getCustomer } from '../../functions/customers/get-customer.ts';
import { handler as queryCustomers } from '../../functions/customers/query-customers.ts';
import { handler as registerCustomer } from '../../functions/customers/register-customer.ts';
import { handler as revealField } from '../../functions/customers/reveal-field.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  clock,
  invoke,
  publishedEvents,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';

useStack();

describe('register-customer', () => {
  it('CUS-013: an operator registers an account once', async () => {
    const operator = await anOperator();
    const body = {
      accountId: 'sub-1',
      accountName: 'Atlas Nimbus',
      customerName: 'Atlas',
      subject: 'customer-of-sub-1',
    };
    expect(await invoke(registerCustomer, { as: operator, body })).toMatchObject({
      status: 201,
      body: { association: null, freezeLevel: 'none', customerName: 'A***s' },
    });
    expect(await invoke(registerCustomer, { as: operator, body: { ...body, subject: undefined } })).toMatchObject({
      status: 409,
      body: { code: 'ACCOUNT_TAKEN' },
    });
    expect(await invoke(registerCustomer, { as: operator, body: { ...body, accountId: 'sub-2' } })).toMatchObject({
      status: 409,
      body: { code: 'CUSTOMER_SUBJECT_TAKEN' },
    });
    expect(
      await invoke(registerCustomer, { as: operator, body: { ...body, accountId: 'sub-2', subject: 'another' } }),
    ).toMatchObject({ status: 201 });
  });
});

describe('associate-customer', () => {
  it('CUS-021: a customer associated in the reseller model starts frozen, cause association-default', async () => {
    const operator = await anOperator();
    const partner = await aPartner();
    const customer = await aCustomer();
    const now = clock.set('2024-08-05T10:00:00+08:00');
    const answer = await invoke(associateCustomer, {
      as: operator,
      path: { customerId: customer.customerId },
      body: { partnerId: partner.partnerId },
    });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        freezeLevel: 'account',
        freezeCause: 'association-default',
        frozenAt: now,
        association: { type: 'reseller', associatedOn: now, resellerId: null },
      },
    });
    const [event] = (await publishedEvents('customer.associated')).filter(
      (each) => each.detail.customerId === customer.customerId,
    );
    expect(customerAssociated.detail.parse(event?.detail)).toMatchObject({
      partnerId: partner.partnerId,
      type: 'reseller',
      since: now,
    });
  });

  it('CUS-015: a referral customer is not frozen', async () => {
    const operator = await anOperator();
    const partner = await aPartner();
    const customer = await aCustomer();
    const body = { partnerId: partner.partnerId, type: 'referral' };
    expect(
      await invoke(associateCustomer, { as: operator, path: { customerId: customer.customerId }, body }),
    ).toMatchObject({
      status: 201,
      body: { freezeLevel: 'none', freezeCause: null, association: { type: 'referral' } },
    });
  });

  it('CUS-021: two associations at once leave one', async () => {
    const operator = await anOperator();
    const partners = [await aPartner(), await aPartner()];
    const customer = await aCustomer();
    const answers = await Promise.all(
      partners.map(({ partnerId }) =>
        invoke(associateCustomer, { as: operator, path: { customerId: customer.customerId }, body: { partnerId } }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409]);
    expect(answers.find((answer) => answer.status === 409)?.body.code).toBe('ALREADY_ASSOCIATED');
    const events = (await publishedEvents('customer.associated')).filter(
      (each) => each.detail.customerId === customer.customerId,
    );
    expect(events).toHaveLength(1);
  });

  it('ORD-180: a reseller has customers in the reseller model only, through its own distributor', async () => {
    const operator = await anOperator();
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const other = await aPartner({ type: 'distributor' });
    const customer = await aCustomer();
    const associate = (body: object) =>
      invoke(associateCustomer, { as: operator, path: { customerId: customer.customerId }, body });
    expect(await associate({ partnerId: reseller.partnerId })).toMatchObject({
      status: 422,
      body: { code: 'PARTNER_CANNOT_ASSOCIATE' },
    });
    expect(await associate({ partnerId: other.partnerId, resellerId: reseller.partnerId })).toMatchObject({
      body: { code: 'RESELLER_NOT_OF_PARTNER' },
    });
    expect(
      await associate({ partnerId: distributor.partnerId, resellerId: reseller.partnerId, type: 'referral' }),
    ).toMatchObject({ body: { code: 'REFERRAL_NOT_POSSIBLE' } });
    expect(await associate({ partnerId: 'par_nobody' })).toMatchObject({
      status: 404,
      body: { code: 'PARTNER_NOT_FOUND' },
    });
    expect(await associate({ partnerId: distributor.partnerId, resellerId: reseller.partnerId })).toMatchObject({
      status: 201,
    });
    expect(
      await invoke(associateCustomer, {
        as: operator,
        path: { customerId: 'cus_nobody' },
        body: { partnerId: other.partnerId },
      }),
    ).toMatchObject({ status: 404, body: { code: 'CUSTOMER_NOT_FOUND' } });
  });

  it('CUS-188: the account manager whose invitation was used is assigned at once; only managers and directors can be', async () => {
    const operator = await anOperator();
    const partner = await aPartner();
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    const foreign = await aMember({ of: await aPartner(), roles: ['account-manager'] });
    const customer = await aCustomer();
    const associate = (accountManagerId: string) =>
      invoke(associateCustomer, {
        as: operator,
        path: { customerId: customer.customerId },
        body: { partnerId: partner.partnerId, accountManagerId },
      });
    expect(await associate(finance.memberId)).toMatchObject({ status: 422, body: { code: 'NOT_AN_ACCOUNT_MANAGER' } });
    expect(await associate(foreign.memberId)).toMatchObject({ body: { code: 'NOT_AN_ACCOUNT_MANAGER' } });
    expect(await associate(manager.memberId)).toMatchObject({
      status: 201,
      body: { association: { accountManagerId: manager.memberId } },
    });
    expect((await invoke(queryCustomers, { as: manager })).body.items).toHaveLength(1);
  });
});

describe('seeing customers', () => {
  it("CUS-055: another partner's customer answers like a missing one", async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const customer = await aCustomer({ of: reseller });
    const read = (as: { subject: string }, customerId = customer.customerId) =>
      invoke(getCustomer, { as, path: { customerId } });

    for (const seer of [distributor, reseller, customer, await anOperator()])
      expect((await read(seer)).status).toBe(200);
    for (const stranger of [await aPartner(), await aPartner({ of: distributor }), await aCustomer()]) {
      const foreign = await read(stranger);
      expect(foreign).toMatchObject({ status: 404, body: { code: 'CUSTOMER_NOT_FOUND' } });
      expect({ ...foreign.body, instance: '' }).toEqual({ ...(await read(stranger, 'cus_nobody')).body, instance: '' });
    }
  });

  it('CUS-002: an account manager sees assigned customers only', async () => {
    const partner = await aPartner();
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const own = await aCustomer({ of: partner, accountManagerId: manager.memberId });
    const other = await aCustomer({ of: partner });
    expect(await invoke(getCustomer, { as: manager, path: { customerId: own.customerId } })).toMatchObject({
      status: 200,
    });
    expect(await invoke(getCustomer, { as: manager, path: { customerId: other.customerId } })).toMatchObject({
      status: 404,
    });
  });

  it("CUS-048: a distributor's own and its resellers' customers are never mixed", async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const own = await aCustomer({ of: distributor });
    const resold = await aCustomer({ of: await aPartner({ of: distributor }) });
    const ids = async (query: Record<string, string>) =>
      (await invoke(queryCustomers, { as: distributor, query })).body.items.map(
        (item: { customerId: string }) => item.customerId,
      );
    expect(await ids({})).toEqual([own.customerId]);
    expect(await ids({ scope: 'resellers' })).toEqual([resold.customerId]);
  });

  it('CUS-246: pages follow each other without gaps or repeats, newest association first', async () => {
    const partner = await aPartner();
    const created: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      clock.advance({ minutes: 1 });
      created.push((await aCustomer({ of: partner })).customerId);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await invoke(queryCustomers, { as: partner, query: { limit: 2, ...(cursor ? { cursor } : {}) } });
      seen.push(...page.body.items.map((item: { customerId: string }) => item.customerId));
      cursor = page.body.nextCursor;
    } while (cursor);
    expect(seen).toEqual(created.reverse());
  });

  it("CUS-246: another list's cursor, a forged one and an excessive page size are refused", async () => {
    const partner = await aPartner({ type: 'distributor' });
    for (let i = 0; i < 2; i += 1) await aCustomer({ of: partner });
    const { body } = await invoke(queryCustomers, { as: partner, query: { limit: 1 } });
    const list = (query: Record<string, string | number>) => invoke(queryCustomers, { as: partner, query });
    expect(await list({ cursor: body.nextCursor, scope: 'resellers' })).toMatchObject({
      status: 400,
      body: { code: 'CURSOR_INVALID' },
    });
    expect(await list({ cursor: `${body.nextCursor}x` })).toMatchObject({ body: { code: 'CURSOR_INVALID' } });
    expect(await list({ limit: 101 })).toMatchObject({ status: 400, body: { errors: [{ pointer: 'query/limit' }] } });
  });
});

describe('reveal-field', () => {
  it('CUS-049: one column of a page in clear, with a trace of who saw whose', async () => {
    const partner = await aPartner();
    const customers = [await aCustomer({ of: partner }), await aCustomer({ of: partner })];
    const customerIds = customers.map(({ customerId }) => customerId);
    const answer = await invoke(revealField, { as: partner, body: { customerIds, field: 'mobileNumber' } });
    expect(answer.body.items.map((item: { value: string }) => item.value)).toEqual([
      '+4915112345678',
      '+4915112345678',
    ]);
    expect(await tracesOf(partner.partnerId, 'reveal-field')).toMatchObject([
      { outcome: 'done', after: { field: 'mobileNumber', customerIds } },
    ]);
  });

  it("CUS-049, CUS-055: a stranger's customer in the list reveals nothing at all, and the refusal is traced", async () => {
    const partner = await aPartner();
    const own = await aCustomer({ of: partner });
    const foreign = await aCustomer({ of: await aPartner() });
    const body = { customerIds: [own.customerId, foreign.customerId], field: 'email' };
    expect(await invoke(revealField, { as: partner, body })).toMatchObject({
      status: 404,
      body: { code: 'CUSTOMER_NOT_FOUND' },
    });
    expect(await tracesOf(partner.partnerId, 'reveal-field')).toMatchObject([
      { outcome: 'refused', code: 'CUSTOMER_NOT_FOUND' },
    ]);
  });

  it("CUS-049, CUS-189: the account manager's name is that of the acting partner", async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const manager = await aMember({ of: reseller, roles: ['account-manager'] });
    const { customerId } = await aCustomer({ of: reseller, accountManagerId: manager.memberId });
    const body = { customerIds: [customerId], field: 'accountManagerName' };
    const shown = async (as: { subject: string }) => (await invoke(revealField, { as, body })).body.items;
    expect(await shown(reseller)).toEqual([{ customerId, value: 'Mia Member' }]);
    expect(await shown(distributor)).toEqual([{ customerId, value: null }]);
  });

  it('CUS-049: every list and detail is masked', async () => {
    const partner = await aPartner();
    const customer = await aCustomer({ of: partner });
    const detail = await invoke(getCustomer, { as: partner, path: { customerId: customer.customerId } });
    expect(detail.body).toMatchObject({
      customerName: 'C***r',
      mobileNumber: '+49****5678',
      accountName: customer.accountName,
    });
    expect(JSON.stringify(detail.body)).not.toContain('carla-');
    expect(JSON.stringify((await invoke(queryCustomers, { as: partner })).body)).not.toContain('Carla Customer');
  });
});

describe('the dated history of associations', () => {
  it('CUS-098: the association is kept as its own item', async () => {
    const partner = await aPartner();
    const since = clock.advance({ minutes: 1 });
    const customer = await aCustomer({ of: partner });
    expect(
      await getItem('customers', { pk: `CUSTOMER#${customer.customerId}`, sk: `ASSOCIATION#${since}` }),
    ).toMatchObject({ partnerId: partner.partnerId, since });
  });
});
