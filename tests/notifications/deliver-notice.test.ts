import { beforeEach, describe, expect, it } from 'vitest';
import { customerFrozen } from '#events/customers.ts';
import { messageFailed, messageSent } from '#events/notifications.ts';
import { queryAll } from '#lib/shared/dynamodb.ts';
import { event } from '#lib/shared/outbox.ts';
import { sendMessages } from '#lib/shared/queue.ts';
import { transact } from '#lib/shared/transaction.ts';
import { handler as deliverNotice } from '../../functions/notifications/deliver-notice.ts';
import { handler as sendDueMessages } from '../../functions/notifications/send-due-messages.ts';
import {
  aCustomer,
  aPartner,
  asSystem,
  clock,
  crashAtWrite,
  deadLetters,
  drain,
  mailProvider,
  publishedEvents,
  runSchedule,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { alertIsRaised, isFrozen, mailsTo } from './happenings.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;
let address: string;

beforeEach(async () => {
  clock.set('2024-09-10T10:00:00+08:00');
  partner = await aPartner();
  customer = await aCustomer({ of: partner });
  address = `carla-${customer.subject.replace('customer-', '')}@example.com`;
});

const freeze = () => isFrozen({ customer, partnerId: partner.partnerId });

/** Lets time pass as it would, with the job that looks for what is due. */
async function pass(duration: { hours?: number; minutes?: number }): Promise<void> {
  clock.advance(duration);
  await runSchedule(sendDueMessages, clock.now());
  await drain();
}

async function storedMessage(): Promise<Record<string, unknown>> {
  const [event] = (await publishedEvents('customer.frozen')).filter(
    ({ detail }) => detail.customerId === customer.customerId,
  );
  for (let shard = 0; shard < 8; shard += 1) {
    for await (const item of queryAll({
      table: 'notifications',
      index: 'byDue',
      keys: { pk: 'dueKey', sk: 'dueTime' },
      pk: `DUE#${shard}`,
    })) {
      for await (const message of queryAll({ table: 'notifications', pk: String(item.pk) })) {
        if (message.eventId === event?.id) return message;
      }
    }
  }
  throw new Error('no message waits');
}

describe('a provider that works', () => {
  it('CUS-150: the mail leaves once, as text and HTML, with the id of its message', async () => {
    await freeze();
    const [mail, ...more] = await mailsTo(address);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      subject: `Your account ${customer.accountName} was frozen`,
      headers: { 'X-Message-Id': expect.stringMatching(/^msg_/) },
    });
    expect(mail?.html).toContain('<!doctype html>');
    expect(mail?.text).toContain('by your partner');
  });

  it('ORD-159: the same event delivered three times is one mail', async () => {
    const detail = {
      customerId: customer.customerId,
      accountName: customer.accountName,
      partnerId: partner.partnerId,
      level: 'account' as const,
      cause: 'manual' as const,
      actor: 'mem_1',
      frozenAt: clock.now(),
    };
    await asSystem((now) => transact({ writes: [], events: [event(customerFrozen, detail, now)] }));
    const [envelope] = (await publishedEvents('customer.frozen')).filter(
      (each) => each.detail.customerId === customer.customerId,
    );
    await sendMessages('notifications', [envelope ?? {}, envelope ?? {}]);
    await drain();
    expect(await mailsTo(address)).toHaveLength(1);
  });

  it('ORD-159: eight deliveries of one message at once send one mail', async () => {
    mailProvider().failNext(1);
    await freeze();
    const { messageId } = await storedMessage();
    clock.advance({ minutes: 1 });
    const Records = Array.from({ length: 8 }, (_, i) => ({
      messageId: `sqs-${i}`,
      receiptHandle: '',
      body: JSON.stringify({ messageId }),
      md5OfBody: '',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '',
        SenderId: '',
        ApproximateFirstReceiveTimestamp: '',
      },
      messageAttributes: {},
      eventSource: 'aws:sqs',
      eventSourceARN: '',
      awsRegion: '',
    }));
    await Promise.all(Records.map((record) => deliverNotice({ Records: [record] })));
    expect(await mailsTo(address)).toHaveLength(1);
  });
});

describe('a provider that is down', () => {
  it('CUS-120: ten times 500, then it works: exactly one mail, nothing failed', async () => {
    mailProvider().failNext(10);
    await freeze();
    const asked = mailProvider().asked;
    for (let hours = 0; hours < 30 && (await mailsTo(address)).length === 0; hours += 1) await pass({ minutes: 30 });
    for (let hours = 0; hours < 5; hours += 1) await pass({ hours: 1 });

    expect(await mailsTo(address)).toHaveLength(1);
    expect(mailProvider().asked - asked).toBe(10); // nine more refusals and the mail
    expect(await publishedEvents('message.failed')).toEqual([]);
    expect(await deadLetters('deliveries')).toEqual([]);
  });

  it('CUS-120: it is asked after less and less often', async () => {
    mailProvider().failNext(100);
    await freeze();
    const waits: number[] = [];
    for (let i = 0; i < 11; i += 1) {
      const { sendAfter } = await storedMessage();
      waits.push((Date.parse(String(sendAfter)) - Date.parse(clock.now())) / 1000);
      clock.set(String(sendAfter));
      await runSchedule(sendDueMessages, clock.now());
      await drain();
    }
    expect(waits).toEqual([10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600, 3_600]);

    mailProvider().works();
    await pass({ hours: 1 });
    expect(await mailsTo(address)).toHaveLength(1);
  });

  it('CUS-120: throttling and a paused account are outages too', async () => {
    mailProvider().failNext(1, { status: 429, error: 'TooManyRequestsException' });
    mailProvider().failNext(1, { status: 400, error: 'SendingPausedException' });
    mailProvider().failNext(1, { status: 403, error: 'AccessDeniedException' });
    await freeze();
    for (let i = 0; i < 3; i += 1) await pass({ minutes: 15 });
    expect(await mailsTo(address)).toHaveLength(1);
    expect(await publishedEvents('message.failed')).toEqual([]);
  });
});

describe('a provider that refuses', () => {
  const refuse = (times: number) => mailProvider().failNext(times, { status: 400, error: 'MessageRejected' });

  it('CUS-120: a refused mail is retried three times, then marked failed and told of', async () => {
    refuse(10);
    await alertIsRaised(
      { customer, partnerId: partner.partnerId },
      { threshold: 100, alertIds: ['bal_75', 'bal_100'] },
    );
    const asked = mailProvider().asked;
    for (let i = 0; i < 20; i += 1) await pass({ minutes: 30 });

    expect(mailProvider().asked - asked).toBe(3);
    const [failed, ...more] = (await publishedEvents('message.failed')).map(({ detail }) =>
      messageFailed.detail.parse(detail),
    );
    expect(more).toEqual([]);
    expect(failed).toMatchObject({
      causeEventName: 'budget.alert-raised',
      channel: 'email',
      alertIds: ['bal_75', 'bal_100'],
      reason: 'MessageRejected',
    });
  });

  it('CUS-120: the third retry may succeed', async () => {
    refuse(3);
    await freeze();
    for (let i = 0; i < 8; i += 1) await pass({ minutes: 30 });
    expect(await mailsTo(address)).toHaveLength(1);
  });

  it('CUS-120: that alerts were announced is told to whoever keeps them', async () => {
    await alertIsRaised({ customer, partnerId: partner.partnerId }, { threshold: 100, alertIds: ['bal_sent'] });
    const sent = (await publishedEvents('message.sent')).map(({ detail }) => messageSent.detail.parse(detail));
    expect(sent.filter(({ alertIds }) => alertIds.includes('bal_sent'))).toMatchObject([
      { channel: 'email', sentAt: clock.now() },
    ]);
  });
});

describe('a delivery that dies', () => {
  /** Writes of one mail: claim, hand over, mark. */
  async function composedOnly(): Promise<void> {
    await asSystem((now) =>
      transact({ writes: [], events: [event(customerFrozen, { ...detail(), frozenAt: now }, now)] }),
    );
  }
  const detail = () => ({
    customerId: customer.customerId,
    accountName: customer.accountName,
    partnerId: partner.partnerId,
    level: 'account' as const,
    cause: 'manual' as const,
    actor: 'mem_1',
  });

  it('CUS-263: whichever write it dies at, the mail leaves, and only a death after the hand-over lets it leave twice', async () => {
    const copies: number[] = [];
    for (let write = 1; write <= 12; write += 1) {
      clock.set('2024-09-10T10:00:00+08:00');
      customer = await aCustomer({ of: partner });
      address = `carla-${customer.subject.replace('customer-', '')}@example.com`;
      await composedOnly();
      const fault = crashAtWrite(write, 'after');
      await drain();
      fault[Symbol.dispose]();
      for (let i = 0; i < 3; i += 1) await pass({ minutes: 15 });
      const mails = await mailsTo(address);
      expect(mails.length, `write ${write}`).toBeGreaterThan(0);
      expect(new Set(mails.map(({ headers }) => headers['X-Message-Id'])).size).toBe(1);
      copies.push(mails.length);
      if (!fault.struck) break;
    }
    expect(copies.filter((each) => each > 1)).toEqual([2]);
  });

  it('CUS-263: an answer that is lost looks like an outage; the second copy carries the same message id', async () => {
    mailProvider().failNext(1, { when: 'after' });
    await freeze();
    await pass({ minutes: 15 });
    const mails = await mailsTo(address);
    expect(mails).toHaveLength(2);
    expect(mails[0]?.headers['X-Message-Id']).toBe(mails[1]?.headers['X-Message-Id']);
  });
});

describe('working hours', () => {
  it('CUS-119, ORG-66: on a Friday evening a notice of 75 percent waits for Monday 09:00, one of 100 percent leaves at once', async () => {
    clock.set('2024-09-13T18:00:00+08:00');
    const contact = partner.partner.contact.email;
    await alertIsRaised({ customer, partnerId: partner.partnerId });
    expect(await mailsTo(contact)).toEqual([]);
    await alertIsRaised(
      { customer, partnerId: partner.partnerId },
      { threshold: 100, percent: '100.00', alertIds: ['bal_2'] },
    );
    expect((await mailsTo(contact)).map(({ subject }) => subject)).toEqual([
      `${customer.accountName} has used 100.00% of its budget`,
    ]);

    clock.set('2024-09-16T08:45:00+08:00');
    await pass({});
    expect(await mailsTo(contact)).toHaveLength(1);
    await pass({ minutes: 15 });
    expect(await mailsTo(contact)).toHaveLength(2);
  });

  it('ORG-66: however many wait, all leave in small steps', async () => {
    clock.set('2024-09-14T12:00:00+08:00');
    const event = { threshold: 90 as const, percent: '90.00' };
    const customers = await Promise.all(Array.from({ length: 12 }, () => aCustomer({ of: partner })));
    for (const each of customers) await alertIsRaised({ customer: each, partnerId: partner.partnerId }, event);
    const contact = partner.partner.contact.email;
    expect(await mailsTo(contact)).toEqual([]);
    clock.set('2024-09-16T09:00:00+08:00');
    await pass({});
    expect(await mailsTo(contact)).toHaveLength(12);
  });
});
