import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import * as events from '#events/groups.ts';
import { handler as listMessages } from '../../functions/notifications/list-messages.ts';
import { consume } from '../budgets/story.ts';
import {
  aCustomer,
  aMember,
  aPartner,
  type Caller,
  clock,
  drain,
  invoke,
  sentMails,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { aGroup, assigned, budgetFor, listPrice, planFor } from './world.ts';

useStack();

const SAMPLES = join(import.meta.dirname, '..', '..', 'events', 'samples');

it.each(Object.values(events).map((each) => [each.name, each] as const))(
  'CUS-020: the sample of %s is what this area publishes',
  (name, { version, detail }) => {
    const sample: unknown = JSON.parse(readFileSync(join(SAMPLES, `${name}.v${version}.json`), 'utf8'));
    expect(detail.parse(sample)).toEqual(sample);
  },
);

describe('who is told', () => {
  let partner: TestPartner;
  let customer: TestCustomer;
  let groupId: string;

  beforeEach(async () => {
    clock.set('2024-09-09T10:00:00+08:00');
    partner = await aPartner();
    customer = await aCustomer({ of: partner });
    clock.set('2024-09-10T10:00:00+08:00');
    groupId = await aGroup(partner, { name: 'Hospitals' });
    await assigned(partner, groupId, customer.customerId);
  });

  const inbox = async (as: Caller) => (await invoke(listMessages, { as })).body.items;
  const mails = async () => (await sentMails()).filter(({ to }) => to.includes(String(partner.partner.contact.email)));

  it('CUS-239: the Admin of the owning partner, inside the product, once; the mail box stays empty', async () => {
    const director = await aMember({ of: partner, roles: ['account-director'] });
    await planFor(partner, groupId, [listPrice('100')]);
    await consume(customer, '80');
    await drain();
    await consume(customer, '1');
    await drain();
    expect(await inbox(partner)).toMatchObject([
      { kind: 'group-usage-reached', title: 'The group Hospitals comes near its service plan' },
    ]);
    expect(await inbox(director)).toEqual([]);
    expect(await mails()).toEqual([]);
  });

  it('CUS-117, CUS-118: of a group budget the recipients of budget alerts, else the contact', async () => {
    await budgetFor(partner, groupId, '100.00');
    await consume(customer, '91.25');
    await drain();
    const [mail] = await mails();
    expect(mail?.subject).toBe('The group Hospitals has used 91.25% of its budget');
    expect(mail?.text).toContain('Used: 91.25 USD (list price)');
    expect(await inbox(partner)).toMatchObject([{ kind: 'group-budget-alert' }]);
  });

  it('CUS-119: below 100 percent within working hours, at 100 percent at once', async () => {
    clock.set('2024-09-10T23:00:00+08:00');
    await budgetFor(partner, groupId, '100.00');
    await consume(customer, '90');
    await drain();
    expect(await mails()).toEqual([]);
    await consume(customer, '10');
    await drain();
    expect(await mails()).toMatchObject([{ subject: 'The group Hospitals has used 100.00% of its budget' }]);
  });
});
