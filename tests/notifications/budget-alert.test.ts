import { beforeEach, describe, expect, it } from 'vitest';
import { addRecipient } from '#lib/budgets/index.ts';
import type { Member } from '#lib/shared/actor.ts';
import { permissionsOf } from '#lib/shared/permissions.ts';
import { handler as listMessages } from '../../functions/notifications/list-messages.ts';
import {
  aCustomer,
  aMember,
  aPartner,
  asSystem,
  type Caller,
  clock,
  invoke,
  sentMails,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { alertIsRaised, mailsTo } from './happenings.ts';

useStack();

beforeEach(() => {
  clock.set('2024-09-10T10:00:00+08:00');
});

/** A recipient of a partner, added through the use case of budgets. */
async function aRecipient({ partnerId }: TestPartner, email: string, phone = '+6598765432'): Promise<void> {
  const admin: Member = {
    kind: 'member',
    id: 'mem_admin',
    partnerId,
    name: 'Ada',
    email: 'ada@example.com',
    owner: false,
    roles: ['admin'],
    permissions: permissionsOf('admin'),
    dataScope: 'all',
  };
  await asSystem((now) => addRecipient(admin, { name: 'Rita Recipient', email, phone }, now));
}

const smsTo = (number: string) => mailsTo(`${number.replace('+', '')}@sms.example`);
const inbox = async (as: Caller) => (await invoke(listMessages, { as })).body.items;

describe('who is told of a budget alert', () => {
  it('CUS-116: every recipient by mail, Admin and account manager inside the product, nobody else', async () => {
    const partner = await aPartner();
    const [admin, manager, colleague] = await Promise.all([
      aMember({ of: partner }),
      aMember({ of: partner, roles: ['account-manager'] }),
      aMember({ of: partner, roles: ['account-manager'] }),
    ]);
    const customer = await aCustomer({ of: partner, accountManagerId: manager.memberId });
    await aRecipient(partner, `one-${partner.partnerId}@example.com`);
    await aRecipient(partner, `two-${partner.partnerId}@example.com`);
    const before = (await sentMails()).length;
    await alertIsRaised({ customer, partnerId: partner.partnerId });

    const mails = (await sentMails()).slice(before);
    expect(mails.flatMap(({ to }) => to).sort()).toEqual([
      `one-${partner.partnerId}@example.com`,
      `two-${partner.partnerId}@example.com`,
    ]);
    const told = { kind: 'budget-alert', title: `${customer.accountName} has used 75.99% of its budget`, read: false };
    for (const reader of [partner, admin, manager])
      expect(await inbox(reader)).toContainEqual(expect.objectContaining(told));
    expect(await inbox(colleague)).toEqual([]);
  });

  it('CUS-117: without a recipient the contact of the partner', async () => {
    const partner = await aPartner();
    await alertIsRaised({ customer: await aCustomer({ of: partner }), partnerId: partner.partnerId });
    expect(await mailsTo(partner.partner.contact.email)).toHaveLength(1);
  });

  it("CUS-115: of a reseller's customer the recipients of both, each in its own language and zone; never the customer", async () => {
    const distributor = await aPartner({ type: 'distributor', language: 'de', timeZone: 'Europe/Berlin' });
    const reseller = await aPartner({ of: distributor, language: 'fr' });
    const customer = await aCustomer({ of: reseller });
    const before = (await sentMails()).length;
    // 15:00 in Singapore, 09:00 in Berlin: within the working hours of both
    clock.set('2024-09-10T15:00:00+08:00');
    await alertIsRaised({ customer, partnerId: distributor.partnerId, resellerId: reseller.partnerId });

    const mails = (await sentMails()).slice(before);
    expect(mails.flatMap(({ to }) => to).sort()).toEqual(
      [distributor.partner.contact.email, reseller.partner.contact.email].sort(),
    );
    const [german] = await mailsTo(distributor.partner.contact.email);
    const [english] = await mailsTo(reseller.partner.contact.email);
    expect(german?.subject).toBe(`${customer.accountName} hat 75.99 % des Budgets verbraucht`);
    expect(german?.text).toContain('2024-09-10 09:00:00 (GMT+02:00)');
    expect(english?.subject).toBe(`${customer.accountName} has used 75.99% of its budget`); // no French yet
    expect(english?.text).toContain('2024-09-10 15:00:00 (GMT+08:00)');
  });

  it('ORD-159: who is on both lists is told once', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const shared = `both-${reseller.partnerId}@example.com`;
    await aRecipient(distributor, shared);
    await aRecipient(reseller, shared.toUpperCase().replace('EXAMPLE.COM', 'example.com'));
    const customer = await aCustomer({ of: reseller });
    const before = (await sentMails()).length;
    await alertIsRaised({ customer, partnerId: distributor.partnerId, resellerId: reseller.partnerId });
    expect((await sentMails()).length - before).toBe(1);
  });

  it('CUS-116: by SMS too where the partner switched it on', async () => {
    const [on, off] = await Promise.all([aPartner({ budgetSmsEnabled: true }), aPartner()]);
    await aRecipient(on, `sms-${on.partnerId}@example.com`, '+6590000001');
    await aRecipient(off, `sms-${off.partnerId}@example.com`, '+6590000002');
    for (const partner of [on, off]) {
      const customer = await aCustomer({ of: partner, accountName: 'acme' });
      await alertIsRaised({ customer, partnerId: partner.partnerId });
    }
    expect(await smsTo('+6590000002')).toEqual([]);
    expect(await smsTo('+6590000001')).toMatchObject([
      { text: 'acme: 75.99% of the monthly budget used (75.99 of 100.00 USD). Restricted now: Nothing.' },
    ]);
  });

  it('CUS-123: a recipient added after the alert hears of the next one', async () => {
    const partner = await aPartner();
    const customer = await aCustomer({ of: partner });
    const raisedAt = clock.now();
    clock.advance({ seconds: 1 });
    await aRecipient(partner, `late-${partner.partnerId}@example.com`);
    await alertIsRaised({ customer, partnerId: partner.partnerId }, { raisedAt });
    expect(await mailsTo(`late-${partner.partnerId}@example.com`)).toEqual([]);
    await alertIsRaised({ customer, partnerId: partner.partnerId }, { threshold: 90 });
    expect(await mailsTo(`late-${partner.partnerId}@example.com`)).toHaveLength(1);
  });
});

describe('what it says', () => {
  it('CUS-118: account, budget, amount, usage, percent, period, mode, restriction and what to do', async () => {
    const partner = await aPartner({ paymentCurrency: 'EUR' });
    await alertIsRaised(
      { customer: await aCustomer({ of: partner, accountName: 'acme-2' }), partnerId: partner.partnerId },
      {
        threshold: 100,
        usage: '104.37999999999',
        percent: '104.37',
        budgetType: 'one-time',
        period: '2024-06',
        restriction: 'account-frozen',
        frozenNow: true,
      },
    );
    const [mail] = await mailsTo(partner.partner.contact.email);
    expect(mail?.text?.split('\n')).toEqual(
      expect.arrayContaining([
        'The account acme-2 has reached 100% of its one-time budget.',
        'Amount: 100.00 EUR',
        'Used: 104.37 EUR (list price)',
        'Period: since 2024-06',
        'When used up: the account is frozen',
        'Measured at: 2024-09-10 10:00:00 (GMT+08:00)',
        'Restricted now: The account is frozen: nothing can be bought, renewed or changed.',
        'Raise the budget and unfreeze the account if the customer is to go on. Running pay-per-use resources keep costing.',
      ]),
    );
  });
});
