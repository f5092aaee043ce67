import { beforeEach, describe, expect, it } from 'vitest';
import { loadLead } from '#lib/customer-development/index.ts';
import { listAssociations, listFreezeRecords } from '#lib/customers/index.ts';
import { handler as associateByTicket } from '../../functions/customer-development/associate-by-ticket.ts';
import { handler as getSettings } from '../../functions/customer-development/get-association-settings.ts';
import { handler as setSettings } from '../../functions/customer-development/set-association-settings.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  type Caller,
  clock,
  invoke,
  platformAccount,
  platformOutage,
  publishedEvents,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { anEmail, customerOf } from './association-story.ts';
import { aLead, giveStanding } from './inviting.ts';

useStack();

let operator: Caller;
let partner: TestPartner;
let customer: TestCustomer;

beforeEach(async () => {
  clock.set('2024-08-10T09:00:00+08:00');
  [operator, partner, customer] = [await anOperator(), await aPartner(), await aCustomer()];
  await facts({ registeredAt: clock.now() });
});

const facts = (given: Parameters<typeof platformAccount>[1]) => platformAccount(customer.accountId, given);

const ticket = (body: object = {}) =>
  invoke(associateByTicket, {
    as: operator,
    path: { customerId: customer.customerId },
    body: { ticketId: 'T-4711', partnerId: partner.partnerId, ...body },
  });

const code = ({ status, body }: { status: number; body: { code: string } }) => [status, body.code];

describe('associate-by-ticket', () => {
  it('DEV-109: sets aside what a ticket may, says so, and leaves ticket and waivers in the trace', async () => {
    await facts({
      registeredAt: '2024-07-01T00:00:00.000Z' as never,
      hasCashExpenditure: true,
      topUpBalance: '5.00',
      outstandingInvoiceAmount: '0.01',
    });
    const answer = await ticket({ customTag: 'fair-2024' });
    const waived = ['CONSUMPTION_RECORD', 'BALANCE_OR_INVOICE', 'REGISTERED_TOO_LONG'];
    expect(answer).toMatchObject({ status: 201, body: { waived, customer: { customTag: 'fair-2024' } } });
    expect(await customerOf(customer.customerId)).toMatchObject({
      association: { partnerId: partner.partnerId, origin: 'ticket' },
      control: { freezeLevel: 'account', freezeCause: 'association-default' },
    });
    expect(await tracesOf(partner.partnerId, 'associate-by-ticket')).toMatchObject([
      { outcome: 'done', after: { ticketId: 'T-4711', waived, skipFreeze: false } },
    ]);
  });

  it.each([
    ['OVERDUE', { overdue: true }],
    ['CREDIT_BILL_OVERDUE', { overdue: true, creditBillRunCreated: true }],
    ['MAINLAND_ACCOUNT', { site: 'chinese-mainland' }],
    ['IS_PARTNER', { isPartner: true }],
    ['SPECIAL_CONTRACT', { contracts: ['direct-offline'] }],
    ['INTERNAL_ACCOUNT', { isInternalAccount: true }],
    ['ENTERPRISE_MEMBER', { enterpriseRole: 'member' }],
  ] as const)('DEV-109: %s cannot be waived', async (cause, given) => {
    await facts({ ...given, contracts: 'contracts' in given ? [...given.contracts] : [] });
    expect(code(await ticket())).toEqual([409, cause]);
    expect((await customerOf(customer.customerId)).association).toBeUndefined();
  });

  it('DEV-109: after repayment the arrears are no cause any more', async () => {
    await facts({ overdue: true });
    expect(code(await ticket())).toEqual([409, 'OVERDUE']);
    await facts({ overdue: false });
    expect((await ticket()).status).toBe(201);
  });

  it('DEV-110, DEV-85: the ticket may ask for no default freeze', async () => {
    expect((await ticket({ skipDefaultFreeze: true })).status).toBe(201);
    expect((await customerOf(customer.customerId)).control.freezeLevel).toBe('none');
    expect((await listFreezeRecords(customer.customerId, { limit: 10 })).records).toEqual([]);
    const [associated] = (await publishedEvents('customer.associated')).filter(
      ({ detail }) => detail.customerId === customer.customerId,
    );
    expect(associated?.detail).toMatchObject({ origin: 'ticket', frozen: false });
  });

  it('DEV-97: with the same partner again it succeeds without effect, with another it is refused', async () => {
    await ticket();
    const before = await customerOf(customer.customerId);
    expect(await ticket()).toMatchObject({ status: 201, body: { waived: [] } });
    expect(await customerOf(customer.customerId)).toEqual(before);
    const other = await aPartner();
    expect(code(await ticket({ partnerId: other.partnerId }))).toEqual([409, 'ASSOCIATED_WITH_OTHER']);
  });

  it('DEV-97: two tickets for two partners at once: one association', async () => {
    const other = await aPartner();
    const answers = await Promise.all([ticket(), ticket({ partnerId: other.partnerId })]);
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([201, 'ASSOCIATED_WITH_OTHER']);
    expect(await listAssociations(customer.customerId)).toHaveLength(1);
  });

  it("DEV-39, DEV-105: another partner's reservation blocks, the own lead comes to rest", async () => {
    const [own, foreign] = [anEmail(), anEmail()];
    const lead = await aLead(partner, { email: own });
    await aLead(await aPartner(), { email: foreign });
    await facts({ email: foreign });
    expect(code(await ticket())).toEqual([409, 'REGISTERED_BY_OTHER_PARTNER']);
    await facts({ email: own });
    expect((await ticket()).status).toBe(201);
    expect(await loadLead(lead.leadId)).toMatchObject({ status: 'associated' });
  });

  it('CUS-184, DEV-10: manager, model and partner are those that may be', async () => {
    const [admin, manager] = [
      await aMember({ of: partner }),
      await aMember({ of: partner, roles: ['account-manager'] }),
    ];
    expect(code(await ticket({ accountManagerId: admin.memberId }))).toEqual([422, 'NOT_AN_ACCOUNT_MANAGER']);
    expect(code(await ticket({ type: 'referral' }))).toEqual([409, 'REFERRAL_NOT_ALLOWED_RELATIONSHIP']);
    expect(code(await ticket({ partnerId: 'par_nobody' }))).toEqual([404, 'PARTNER_NOT_FOUND']);
    await giveStanding(partner.partnerId, { status: 'inactive' });
    expect(code(await ticket())).toEqual([403, 'PARTNER_INACTIVE']);
    await giveStanding(partner.partnerId, { status: 'active' });
    expect((await ticket({ accountManagerId: manager.memberId })).body.customer.association.accountManagerId).toBe(
      manager.memberId,
    );
  });

  it('DEV-85: only an operator, on a customer that is there, while the registry answers', async () => {
    const body = { ticketId: 'T-1', partnerId: partner.partnerId };
    const path = { customerId: customer.customerId };
    expect(code(await invoke(associateByTicket, { as: partner, path, body }))).toEqual([403, 'PERMISSION_DENIED']);
    const nobody = { customerId: 'cus_nobody' };
    expect(code(await invoke(associateByTicket, { as: operator, path: nobody, body }))[1]).toBe('CUSTOMER_NOT_FOUND');
    expect((await ticket({ ticketId: ' ' })).status).toBe(400);
    await platformOutage(true);
    try {
      expect(code(await ticket())).toEqual([503, 'PLATFORM_UNAVAILABLE']);
    } finally {
      await platformOutage(false);
    }
  });
});

describe('association settings', () => {
  const set = (body: object) => invoke(setSettings, { as: operator, body });

  it('DEV-96: the limit of outstanding invoices is 0.00 until an operator sets it; countries without referral likewise', async () => {
    const { body: before } = await invoke(getSettings, { as: operator });
    expect(before).toEqual({ outstandingInvoiceLimit: '0.00', referralExcludedCountries: [], version: 0 });
    const wish = { outstandingInvoiceLimit: '100.00', referralExcludedCountries: ['KP'] };
    const first = { ...wish, expectedVersion: 0 };
    expect(await set(first)).toMatchObject({ status: 200, body: { ...wish, version: 1 } });
    expect(code(await set(first))).toEqual([409, 'VERSION_CONFLICT']);
    expect((await set({ ...wish, outstandingInvoiceLimit: '-1.00', expectedVersion: 1 })).status).toBe(400);

    await giveStanding(partner.partnerId, { grants: ['referral-model'] });
    await facts({ country: 'KP' });
    expect(code(await ticket({ type: 'referral' }))).toEqual([409, 'REFERRAL_NOT_ALLOWED_COUNTRY']);
    await facts({ topUpBalance: '1.00', outstandingInvoiceAmount: '100.00' });
    expect(await ticket()).toMatchObject({ status: 201, body: { waived: [] } });
  });
});
