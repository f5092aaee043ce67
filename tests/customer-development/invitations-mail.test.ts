import { readFileSync } from 'node:fs';
import { DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  invitationDeliveryFailed,
  invitationExpired,
  invitationExportRequested,
  invitationSent,
} from '#events/invitations.ts';
import { messageFailed } from '#events/notifications.ts';
import { loadInvitation, loadLead, resolveToken } from '#lib/customer-development/index.ts';
import { composeMessages } from '#lib/notifications/index.ts';
import { instant } from '#lib/shared/time.ts';
import { handler as deleteLeads } from '../../functions/customer-development/delete-preregistrations.ts';
import { handler as preregister } from '../../functions/customer-development/preregister-customer.ts';
import { handler as preview } from '../../functions/customer-development/preview-invitation-email.ts';
import { handler as sendDueMessages } from '../../functions/notifications/send-due-messages.ts';
import { happens } from '../notifications/happenings.ts';
import {
  aPartner,
  asSystem,
  clock,
  drain,
  invoke,
  mailProvider,
  publishedEvents,
  runSchedule,
  sentMails,
  type TestPartner,
  useStack,
  waitingMessages,
} from '../support/index.ts';
import { aLead, giveStanding, invited, inviteLeads, only, sendAgain, tokensMailedTo, unique } from './inviting.ts';

useStack();

let partner: TestPartner;

beforeEach(async () => {
  clock.set('2024-08-03T22:00:00+08:00'); // Saturday night: an invitation does not wait for working hours
  partner = await aPartner();
});

async function pass(minutes: number): Promise<void> {
  clock.advance({ minutes });
  await runSchedule(sendDueMessages, clock.now());
  await drain();
}

describe('the mail', () => {
  it('DEV-61: is in the language of the partner, with times on its clock', async () => {
    partner = await aPartner({ language: 'de', timeZone: 'Europe/Berlin', companyName: 'Nimbus <GmbH>' });
    const lead = await aLead(partner);
    await invited(partner, lead);
    const mail = (await sentMails()).find(({ to }) => to.includes(lead.email));
    expect(mail?.subject).toBe('Nimbus <GmbH> lädt Sie ein, Kunde zu werden');
    expect(mail?.text).toContain('Link gültig bis: 2024-08-10 16:00:00 (GMT+02:00)');
    expect(mail?.text).toContain('Ihr Konto ist mit Beginn der Verbindung gesperrt.');
    expect(mail?.html).toContain('Nimbus &lt;GmbH&gt;');
  });

  it('DEV-44: a pre-registration mails the invitation by itself, unless told otherwise', async () => {
    const email = `self-${unique()}@acme.example`;
    const body = { customerName: 'Acme', email };
    expect(await invoke(preregister, { as: partner, body })).toMatchObject({ status: 201 });
    await drain();
    expect(await tokensMailedTo(email)).toHaveLength(1);
    const silent = await aLead(partner);
    await drain();
    expect(await tokensMailedTo(silent.email)).toEqual([]);
  });

  it('DEV-200: the same event once more, or at once, mails nothing again', async () => {
    const lead = await aLead(partner);
    await invited(partner, lead);
    const [sent] = (await publishedEvents('invitation.sent')).filter(({ detail }) => detail.leadId === lead.leadId);
    if (!sent) throw new Error('no event');
    const again = { id: sent.id, name: sent.name, occurredAt: instant(sent.occurredAt), detail: sent.detail };
    await asSystem((now) => Promise.all([composeMessages(again, now), composeMessages(again, now)]));
    await drain();
    expect(await tokensMailedTo(lead.email)).toHaveLength(1);
  });

  it('DEV-53, DEV-63: one that was cancelled or replaced before it was written is not written', async () => {
    const [replaced, deleted] = [await aLead(partner), await aLead(partner)];
    const { invitation } = only(await inviteLeads(partner, [replaced.leadId]));
    await inviteLeads(partner, [deleted.leadId]);
    clock.advance({ minutes: 2 });
    await sendAgain(partner, invitation.invitationId);
    await invoke(deleteLeads, { as: partner, body: { leadIds: [deleted.leadId] } });
    await drain(); // the events of all three sendings come now
    const [token = '', ...more] = await tokensMailedTo(replaced.email);
    expect(more).toEqual([]);
    expect(await resolveToken(token, clock.now())).toMatchObject({ current: true });
    expect(await tokensMailedTo(deleted.email)).toEqual([]);
  });
});

/** Everything that lies in any table of this stack. */
async function storedTexts(): Promise<string> {
  const client = new DynamoDBClient();
  const { TableNames = [] } = await client.send(new ListTablesCommand());
  const own = TableNames.filter((name) => name.startsWith(process.env.RESOURCE_PREFIX ?? '-'));
  const pages = await Promise.all(own.map((TableName) => client.send(new ScanCommand({ TableName }))));
  client.destroy();
  return JSON.stringify(pages.map(({ Items }) => Items));
}

describe('the secret of a link', () => {
  it('DEV-62: stands in no table, queue or event, also while its mail is delayed', async () => {
    mailProvider().failNext(1);
    const lead = await aLead(partner);
    const { invitation } = only(await inviteLeads(partner, [lead.leadId]));
    await publishedEvents();
    const queued = [...(await waitingMessages('notifications')), ...(await waitingMessages('deliveries'))];
    await drain();
    const midway = await storedTexts();
    queued.push(...(await waitingMessages('deliveries')));
    await pass(1);
    const [token = ''] = await tokensMailedTo(lead.email);
    expect(token).toHaveLength(43);
    expect(queued.length).toBeGreaterThan(0);
    expect(midway).toContain(invitation.invitationId);
    const places = [midway, await storedTexts(), JSON.stringify(queued), JSON.stringify(await publishedEvents())];
    for (const place of places) expect(place).not.toContain(token);
  });
});

describe('preview-invitation-email', () => {
  const shown = (query = {}) => invoke(preview, { as: partner, query });

  it('DEV-61: shows both forms of the mail without a token', async () => {
    const mails = (await sentMails()).length;
    const { status, body } = await shown();
    await drain();
    expect(status).toBe(200);
    expect(body.subject).toBe(`${partner.partner.companyName} invites you to become its customer`);
    expect(body.text).toContain('Link valid until: 2024-08-10 22:00:00 (GMT+08:00)');
    expect(body.text).toContain('https://portal.test/invitations/…\n');
    expect(body.text).toContain('Your account is frozen when the association begins.');
    expect(body.html).toContain('<!doctype html>');
    expect(`${body.text}${body.html}`).not.toMatch(/invitations(\/|&#x2F;)[\w-]/);
    expect((await sentMails()).length).toBe(mails);
  });

  it('DEV-57, DEV-61: of an open type alone; nothing is frozen in the referral model', async () => {
    expect(await shown({ associationType: 'referral' })).toMatchObject({
      body: { code: 'ASSOCIATION_TYPE_NOT_ALLOWED' },
    });
    await giveStanding(partner.partnerId, { grants: ['customer-development', 'referral-model'] });
    const { body } = await shown({ associationType: 'referral' });
    expect(body.text).toContain('referral model');
    expect(body.text).not.toContain('frozen');
  });
});

describe('a mail that does not arrive', () => {
  const refuse = (times: number) => mailProvider().failNext(times, { status: 400, error: 'MessageRejected' });

  it('DEV-64, DEV-200: after three refusals the invitation shows it; lead and link stay as they are', async () => {
    refuse(3);
    const lead = await aLead(partner);
    const { invitation } = only(await inviteLeads(partner, [lead.leadId]));
    const asked = mailProvider().asked;
    await drain();
    await pass(5);
    expect(await loadInvitation(invitation.invitationId)).not.toHaveProperty('deliveryStatus');
    for (let i = 0; i < 6; i += 1) await pass(30);
    expect(mailProvider().asked - asked).toBe(3);
    expect(await loadInvitation(invitation.invitationId)).toMatchObject({
      status: 'invited',
      deliveryStatus: 'failed',
      sendCount: 1,
    });
    expect(await loadLead(lead.leadId)).toMatchObject({ status: 'pre-registered' });
    const failed = (await publishedEvents('invitation.delivery-failed')).map(({ detail }) => detail);
    expect(failed.filter(({ invitationId }) => invitationId === invitation.invitationId)).toMatchObject([
      { partnerId: partner.partnerId, sendCount: 1 },
    ]);

    // sent again it starts afresh
    expect(only(await sendAgain(partner, invitation.invitationId)).invitation.deliveryStatus).toBeNull();
    await drain();
    expect(await tokensMailedTo(lead.email)).toHaveLength(1);
  });

  it('DEV-200, CUS-120: an outage delays it, however long, and fails nothing', async () => {
    mailProvider().failNext(8);
    const lead = await aLead(partner);
    const { invitation } = only(await inviteLeads(partner, [lead.leadId]));
    await drain();
    for (let i = 0; i < 12; i += 1) await pass(61);
    expect(await tokensMailedTo(lead.email)).toHaveLength(1);
    expect(await loadInvitation(invitation.invitationId)).not.toHaveProperty('deliveryStatus');
  });

  it('DEV-59: is given up when its link has ended', async () => {
    mailProvider().failNext(100);
    const lead = await aLead(partner);
    await inviteLeads(partner, [lead.leadId]);
    await drain();
    clock.advance({ days: 7 });
    mailProvider().works();
    for (let i = 0; i < 2; i += 1) await pass(61);
    expect(await tokensMailedTo(lead.email)).toEqual([]);
  });

  it('DEV-64: the failure of an earlier sending, or of something else, changes nothing', async () => {
    const lead = await aLead(partner);
    const { invitationId } = await invited(partner, lead);
    clock.advance({ minutes: 2 });
    await sendAgain(partner, invitationId);
    const failed = {
      messageId: 'msg_1',
      causeEventId: 'evt_1',
      channel: 'email' as const,
      alertIds: [],
      reason: 'MessageRejected',
      failedAt: clock.now(),
    };
    const about = { id: invitationId, sendCount: 2 };
    await happens(messageFailed, { ...failed, causeEventName: 'invitation.sent', about: { ...about, sendCount: 1 } });
    await happens(messageFailed, { ...failed, causeEventName: 'budget.alert-raised', about });
    await happens(messageFailed, { ...failed, causeEventName: 'invitation.sent' });
    expect(await loadInvitation(invitationId)).not.toHaveProperty('deliveryStatus');
    await happens(messageFailed, { ...failed, causeEventName: 'invitation.sent', about });
    await happens(messageFailed, { ...failed, causeEventName: 'invitation.sent', about });
    expect(await loadInvitation(invitationId)).toMatchObject({ deliveryStatus: 'failed', version: 3 });
  });
});

describe('event samples', () => {
  it.each([invitationSent, invitationDeliveryFailed, invitationExpired, invitationExportRequested])(
    'DEV-64, DEV-197: the sample of $name names every field and no other',
    (definition) => {
      const path = new URL(`../../events/samples/${definition.name}.v1.json`, import.meta.url);
      const sample = JSON.parse(readFileSync(path, 'utf8')) as object;
      expect(definition.detail.strict().parse(sample)).toEqual(sample);
      expect(Object.keys(definition.detail.shape).sort()).toEqual(Object.keys(sample).sort());
    },
  );
});
