import { beforeEach, describe, expect, it } from 'vitest';
import { resellerPermissionChanged } from '#events/budgets.ts';
import { handler as listMessages } from '../../functions/notifications/list-messages.ts';
import {
  aCustomer,
  aMember,
  aPartner,
  type Caller,
  clock,
  drain,
  invoke,
  sentMails,
  useStack,
} from '../support/index.ts';
import { happens, isFrozen, isUnfrozen, mailsTo } from './happenings.ts';

useStack();

beforeEach(() => {
  clock.set('2024-09-14T22:00:00+08:00'); // Saturday night: what is urgent leaves all the same
});

const inbox = async (as: Caller) => (await invoke(listMessages, { as })).body.items;
const addressOf = ({ subject }: Caller) => `carla-${subject.replace('customer-', '')}@example.com`;

describe('a customer was frozen', () => {
  it('CUS-150: Admin and account manager read it inside the product, with the reason', async () => {
    const partner = await aPartner();
    const [admin, manager, finance] = await Promise.all([
      aMember({ of: partner }),
      aMember({ of: partner, roles: ['account-manager'] }),
      aMember({ of: partner, roles: ['finance-specialist'] }),
    ]);
    const customer = await aCustomer({ of: partner, accountManagerId: manager.memberId });
    await isFrozen({ customer, partnerId: partner.partnerId });
    for (const reader of [partner, admin, manager]) {
      expect(await inbox(reader)).toContainEqual(
        expect.objectContaining({
          kind: 'customer-frozen',
          title: `${customer.accountName} was frozen`,
          text: expect.stringContaining('Reason: arrears of three months'),
        }),
      );
    }
    expect(await inbox(finance)).toEqual([]);
  });

  it('CUS-150, ORG-67: the customer gets a mail at once that names the partner and not the reason', async () => {
    const partner = await aPartner({
      companyName: 'Nordlicht & Söhne <GmbH>',
      language: 'de',
      timeZone: 'Europe/Berlin',
    });
    const customer = await aCustomer({ of: partner });
    await isFrozen(
      { customer, partnerId: partner.partnerId },
      { level: 'account-and-resources', retentionUntil: '2024-09-29T14:00:00.000Z' },
    );
    const [mail] = await mailsTo(addressOf(customer));
    expect(mail?.subject).toBe(`Ihr Konto ${customer.accountName} wurde gesperrt`);
    expect(mail?.text).toContain('von Ihrem Partner Nordlicht & Söhne <GmbH> gesperrt');
    expect(mail?.text).toContain('Gesperrt ist: das Konto und seine Ressourcen');
    expect(mail?.text).toContain('2024-09-29 16:00:00 (GMT+02:00)');
    expect(mail?.html).toContain('Nordlicht &amp; Söhne &lt;GmbH&gt;');
    for (const body of [mail?.text, mail?.html]) expect(body).not.toContain('arrears');
  });

  it("CUS-150: a reseller's customer hears of its reseller; distributor and reseller both read it, each account manager its own", async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor, companyName: 'Little Reseller' });
    const manager = await aMember({ of: reseller, roles: ['account-manager'] });
    const customer = await aCustomer({ of: reseller, accountManagerId: manager.memberId });
    await isFrozen({ customer, partnerId: distributor.partnerId, resellerId: reseller.partnerId });
    const mails = await mailsTo(addressOf(customer));
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain('your partner Little Reseller');
    for (const reader of [distributor, reseller, manager]) {
      expect((await inbox(reader)).filter(({ kind }: { kind: string }) => kind === 'customer-frozen')).toHaveLength(1);
    }
  });

  it('CUS-021: the freeze that comes with the association is told by nobody', async () => {
    const partner = await aPartner();
    const customer = await aCustomer({ of: partner });
    await isFrozen({ customer, partnerId: partner.partnerId }, { cause: 'association-default' });
    expect(await mailsTo(addressOf(customer))).toEqual([]);
    expect(await inbox(partner)).toEqual([]);
  });
});

describe('a customer was unfrozen', () => {
  it('CUS-169: told as the freeze was', async () => {
    const partner = await aPartner();
    const customer = await aCustomer({ of: partner });
    await isUnfrozen({ customer, partnerId: partner.partnerId }, { cause: 'budget-restored' });
    expect(await mailsTo(addressOf(customer))).toMatchObject([
      { subject: `Your account ${customer.accountName} was unfrozen` },
    ]);
    expect(await inbox(partner)).toMatchObject([
      { kind: 'customer-unfrozen', text: expect.stringContaining('Cause: a new month began') },
    ]);
  });

  it('CUS-169: who left its partner is not told that the old freeze ended', async () => {
    const partner = await aPartner();
    const customer = await aCustomer({ of: partner });
    await isUnfrozen({ customer, partnerId: partner.partnerId }, { cause: 'association-ended' });
    expect(await mailsTo(addressOf(customer))).toEqual([]);
  });
});

describe('other news', () => {
  it('CUS-188, CUS-191: the account manager that brought the customer is told of the assignment', async () => {
    const partner = await aPartner();
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const customer = await aCustomer({ of: partner, accountManagerId: manager.memberId });
    await drain();
    expect(await inbox(manager)).toMatchObject([
      { kind: 'account-manager-assigned', title: `${customer.accountName} is yours to look after` },
    ]);
  });

  it('DEV-131: both sides hear of budget and freezing rights, by mail within working hours', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const change = {
      resellerId: reseller.partnerId,
      distributorId: distributor.partnerId,
      authorized: true,
      monthlyQuota: '500.00',
      oneTimeQuota: '0.00',
      changedBy: 'mem_1',
      changedAt: clock.now(),
    };
    const before = (await sentMails()).length;
    await happens(resellerPermissionChanged, change); // on Saturday night
    expect((await sentMails()).length).toBe(before);
    for (const reader of [distributor, reseller]) {
      expect(await inbox(reader)).toMatchObject([
        { text: expect.stringContaining('Quota for monthly budgets: 500.00 USD') },
      ]);
    }
    clock.set('2024-09-16T09:00:00+08:00');
    await happens(resellerPermissionChanged, { ...change, authorized: false });
    for (const { partner } of [distributor, reseller]) {
      const [mail] = await mailsTo(partner.contact.email);
      expect(mail?.text).toContain('Budget and freezing rights: withdrawn');
      expect(mail?.text).not.toContain('Quota');
    }
  });
});
