import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import * as events from '#events/groups.ts';
import { onGroupEvent } from '#lib/groups/on-event.ts';
import { handler as listAlerts } from '../../functions/groups/list-group-budget-alerts.ts';
import { handler as listMessages } from '../../functions/notifications/list-messages.ts';
import { consume } from '../budgets/story.ts';
import {
  aCustomer,
  aMember,
  aPartner,
  asSystem,
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
  const deliveries = async () =>
    (await invoke(listAlerts, { as: partner, path: { groupId } })).body.items.map(
      ({ threshold, delivery }: { threshold: number; delivery: string }) => `${threshold} ${delivery}`,
    );
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
    expect(await deliveries()).toEqual(['90 sent', '75 superseded']);
  });

  it('CUS-120, CUS-244: the list shows a message that was refused for good, and that another arrived after all', async () => {
    await budgetFor(partner, groupId, '100.00');
    clock.set('2024-09-10T23:00:00+08:00'); // the mail waits for the morning
    await consume(customer, '80');
    await drain();
    expect(await deliveries()).toEqual(['75 pending']);
    const tell = (name: 'message.sent' | 'message.failed', alertId: string) =>
      asSystem((now) => {
        const about = { messageId: 'msg_1', causeEventId: 'evt_1', causeEventName: 'group.budget-alert-raised' };
        const ends = { channel: 'email', alertIds: [alertId], reason: 'refused', sentAt: now, failedAt: now };
        return onGroupEvent({ id: 'evt_2', name, occurredAt: now, detail: { ...about, ...ends } }, now);
      });
    await tell('message.failed', `${groupId}#2024-09#075`);
    expect(await deliveries()).toEqual(['75 failed']);
    await tell('message.sent', `${groupId}#2024-09#075`);
    await tell('message.failed', `${groupId}#2024-09#075`);
    await tell('message.sent', 'bal_of-a-customer');
    expect(await deliveries()).toEqual(['75 sent']);
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
