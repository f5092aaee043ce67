import { DynamoDBClient, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler as sendDueMessages } from '../../functions/notifications/send-due-messages.ts';
import {
  askForCode,
  attempt,
  giveStanding,
  sentCode,
  withCode,
  wrongCode,
} from '../organization/critical-operation.ts';
import {
  aCustomer,
  aMember,
  aPartner,
  clock,
  drain,
  mailProvider,
  publishedEvents,
  runSchedule,
  sentMails,
  type TestCustomer,
  type TestMember,
  useStack,
  waitingMessages,
} from '../support/index.ts';
import { mailsTo } from './happenings.ts';

// Before anything is imported: the logger reads its level when it is made, and this file wants to see what it writes.
vi.hoisted(() => {
  process.env.POWERTOOLS_LOG_LEVEL = 'DEBUG';
});

useStack();

let member: TestMember;
let customer: TestCustomer;

/** What this file's functions wrote to the log. */
const log: string[] = [];
beforeEach(() => {
  log.length = 0;
  const take = (text: unknown): boolean => log.push(String(text)) > 0;
  const spies = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockImplementation(take));
  return () => {
    for (const spy of spies) spy.mockRestore();
  };
});

beforeEach(async () => {
  clock.set('2024-09-14T22:00:00+08:00'); // Saturday night
  const partner = await aPartner();
  await giveStanding(partner.partnerId, { verificationEnabled: true, grants: ['budget-and-freeze'] });
  member = await aMember({ of: partner, mobileNumber: '+4915112345678' });
  customer = await aCustomer({ of: partner });
});

async function ask(channel: 'sms' | 'email'): Promise<string> {
  const { body } = await attempt(member, customer.customerId);
  await askForCode(member, body.challengeId, channel);
  return body.challengeId;
}

/** Everything that lies in any table of this stack. */
async function storedTexts(): Promise<string> {
  const client = new DynamoDBClient();
  const { TableNames = [] } = await client.send(new ListTablesCommand());
  const own = TableNames.filter((name) => name.startsWith(process.env.RESOURCE_PREFIX ?? '-'));
  const pages = await Promise.all(own.map((TableName) => client.send(new ScanCommand({ TableName }))));
  client.destroy();
  expect(pages.reduce((sum, page) => sum + (page.Count ?? 0), 0)).toBeGreaterThan(10);
  return JSON.stringify(pages.map(({ Items }) => Items));
}

describe('the code on its way', () => {
  it('ORG-172: leaves at once, also at night, to the own address; it opens the operation that it names', async () => {
    const challengeId = await ask('email');
    await drain();
    const [mail] = await mailsTo(member.email);
    expect(mail?.subject).toBe('Your verification code');
    expect(mail?.text).toContain('With your sign-in somebody wants to: freeze or unfreeze customers.');
    expect(mail?.text).toContain('Valid until: 2024-09-14 22:05:00 (GMT+08:00)');
    const code = /^ {4}(\d{6})$/m.exec(mail?.text ?? '')?.[1] ?? '';
    expect(code).toBe(sentCode(challengeId));
    expect(await attempt(member, customer.customerId, withCode(challengeId, code))).toMatchObject({ status: 200 });
  });

  it('ORG-172: by SMS to the own number', async () => {
    const challengeId = await ask('sms');
    await drain();
    const [sms] = await mailsTo('4915112345678@sms.example');
    expect(sms?.text).toBe(
      `${sentCode(challengeId)} is your verification code for: freeze or unfreeze customers. Valid until 2024-09-14 22:05:00 (GMT+08:00). Pass it on to nobody.`,
    );
    expect(sms?.html).toBeUndefined();
  });

  it('ORG-177: stands in no table, queue, event or log, only in the mail', async () => {
    mailProvider().failNext(1);
    const challengeId = await ask('email');
    const code = sentCode(challengeId);
    const queued: unknown[] = [];
    await publishedEvents();
    queued.push(...(await waitingMessages('notifications')), ...(await waitingMessages('deliveries')));
    await drain();
    const midway = await storedTexts();
    await attempt(member, customer.customerId, withCode(challengeId, wrongCode(challengeId)));
    clock.advance({ seconds: 10 });
    await runSchedule(sendDueMessages, clock.now());
    queued.push(...(await waitingMessages('deliveries')));
    await drain();
    await attempt(member, customer.customerId, withCode(challengeId, code));

    expect((await mailsTo(member.email)).at(-1)?.text).toContain(code);
    expect(queued.length).toBeGreaterThan(0);
    for (const logged of ['VERIFICATION_FAILED', 'message not taken']) expect(log.join('\n')).toContain(logged);
    const places = [
      midway,
      await storedTexts(),
      JSON.stringify(queued),
      JSON.stringify(await publishedEvents()),
      log.join('\n'),
    ];
    const asNumber = new RegExp(`(?<![\\w-])${code}(?![\\w-])`); // not by chance inside an id or a time
    for (const place of places) expect(place).not.toMatch(asNumber);
  });

  it('ORG-55: a code that the provider could not take in time is not sent any more', async () => {
    mailProvider().failNext(4);
    await ask('email');
    await drain();
    for (let i = 0; i < 3; i += 1) {
      clock.advance({ seconds: 90 });
      await runSchedule(sendDueMessages, clock.now());
      await drain();
    }
    const before = (await sentMails()).length;
    clock.advance({ minutes: 15 });
    await runSchedule(sendDueMessages, clock.now());
    await drain();
    expect((await sentMails()).length).toBe(before);
    expect(await mailsTo(member.email)).toEqual([]);
  });
});
