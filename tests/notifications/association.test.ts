import { beforeEach, describe, expect, it } from 'vitest';
import { handler as listMessages } from '../../functions/notifications/list-messages.ts';
import {
  accepted,
  anAccount,
  anInvited,
  enabled,
  registered,
  registrationCode,
} from '../customer-development/association-story.ts';
import {
  aCustomer,
  aMember,
  aPartner,
  type Caller,
  clock,
  drain,
  invoke,
  sentMails,
  type TestPartner,
  useStack,
} from '../support/index.ts';

useStack();

beforeEach(() => {
  clock.set('2024-08-01T09:00:00+08:00');
});

const inbox = async (as: Caller) => (await invoke(listMessages, { as })).body.items;
const mailsTo = async (address: string) => (await sentMails()).filter(({ to }) => to.includes(address));
const subjectsTo = async (address: string) => (await mailsTo(address)).map(({ subject }) => subject);
const contactOf = ({ partner }: TestPartner) => partner.contact.email ?? '';

describe('an association that came about', () => {
  it('DEV-06, DEV-103, DEV-105: is told to Admin, account manager and customer, each in the right words', async () => {
    const partner = await aPartner({ companyName: 'Nordlicht GmbH', language: 'de', timeZone: 'Europe/Berlin' });
    const [admin, manager] = [
      await aMember({ of: partner }),
      await aMember({ of: partner, roles: ['account-manager'] }),
    ];
    const { token, email } = await anInvited(manager);
    const customer = await registered(token, email);
    await enabled(token, customer);
    await drain();

    const [told] = await inbox(admin);
    expect(told).toMatchObject({ kind: 'customer-associated', title: expect.stringContaining('ist Ihr Kunde') });
    expect(told.text).toContain('Sie können das Konto mit seinen Ressourcen sperren.');
    expect(told.text).toContain('Seit: 2024-08-01 03:00:00 (GMT+02:00)');
    expect(await subjectsTo(contactOf(partner))).toEqual([told.title]);
    expect(await inbox(manager)).toMatchObject([{ kind: 'account-manager-assigned' }]);
    expect(await subjectsTo(manager.email)).toHaveLength(1);
    const mail = (await mailsTo(email)).at(-1);
    expect(mail?.subject).toBe('Ihr Konto ist Nordlicht GmbH zugeordnet');
    expect(mail?.text).toContain('Ihr Konto ist mit Beginn der Verbindung gesperrt.');
  });

  it('DEV-105: is told once; what an operator entered plainly is told to nobody but the manager', async () => {
    const partner = await aPartner();
    await aCustomer({ of: partner });
    await drain();
    expect(await inbox(partner)).toEqual([]);
    expect(await mailsTo(contactOf(partner))).toEqual([]);
  });
});

describe('an association that failed', () => {
  it('DEV-93, DEV-105: is told to Admin and account manager with cause and advice, not to the customer', async () => {
    const partner = await aPartner();
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const { token, email } = await anInvited(manager);
    await accepted(token, await anAccount(email, { enterpriseRole: 'member' }));
    await drain();
    const subject = 'A customer that you invited could not be associated';
    for (const reader of [partner, manager]) {
      const [told] = await inbox(reader);
      expect(told).toMatchObject({ kind: 'customer-association-failed', title: subject });
      expect(told.text).toContain('The account is the member of an enterprise master.');
      expect(told.text).toContain('unless it leaves the master first');
    }
    expect(await subjectsTo(contactOf(partner))).toEqual([subject]);
    expect(await subjectsTo(manager.email)).toEqual([subject]);
    expect(await subjectsTo(email)).not.toContain(subject);
  });

  it('DEV-93: German words and advice', async () => {
    const partner = await aPartner({ language: 'de' });
    const { token, email } = await anInvited(partner);
    await accepted(token, await anAccount(email, { overdue: true }));
    await drain();
    const [mail] = await mailsTo(contactOf(partner));
    expect(mail?.text).toContain('Das Konto hat unbezahlte Rechnungen.');
    expect(mail?.text).toContain('zahlt und stellt dann ein Ticket');
  });
});

describe('the code of a registration', () => {
  it('DEV-86, ORG-53: one mail to the address, good for five minutes', async () => {
    const { token, email } = await anInvited(await aPartner());
    const { code } = await registrationCode(token, email);
    await drain();
    const mails = (await mailsTo(email)).filter(({ text }) => text?.includes(code));
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain('2024-08-01 09:05:00 (GMT+08:00)');
  });
});
