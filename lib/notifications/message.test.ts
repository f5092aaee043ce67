import { describe, expect, it } from 'vitest';
import { type Instant, instant, plus } from '#lib/shared/time.ts';
import {
  afterAttempt,
  claim,
  delaySeconds,
  dueAt,
  type Message,
  messageIdOf,
  type Outcome,
  queueDelay,
  readinessOf,
} from './message.ts';

const NOW = instant('2024-09-10T10:00:00+08:00');
const waiting: Message = {
  messageId: 'msg_1',
  eventId: 'evt_1',
  eventName: 'bill.issued',
  channel: 'email',
  to: 'ada@example.com',
  template: 'bill-issued',
  language: 'en',
  values: {},
  createdAt: NOW,
  status: 'waiting',
  sendAfter: NOW,
  claims: 0,
  delays: 0,
  rejections: 0,
};
const down: Outcome = { kind: 'unavailable', reason: 'InternalServerErrorException' };
const refused: Outcome = { kind: 'rejected', reason: 'MessageRejected' };
const later = (seconds: number): Instant => plus(NOW, { seconds });

describe('messageIdOf', () => {
  it('ORD-159: the same event, channel and address are one message, however the address is written', () => {
    const id = messageIdOf('evt_1', { channel: 'email', to: 'Ada@Example.com' });
    expect(messageIdOf('evt_1', { channel: 'email', to: 'ada@example.com' })).toBe(id);
    const others = [
      messageIdOf('evt_2', { channel: 'email', to: 'ada@example.com' }),
      messageIdOf('evt_1', { channel: 'email', to: 'bob@example.com' }),
      messageIdOf('evt_1', { channel: 'in-app', to: 'ada@example.com' }),
    ];
    expect(new Set([id, ...others]).size).toBe(4);
  });
});

describe('readinessOf', () => {
  const sending = claim(waiting, NOW);

  it.each<[string, Message, Instant, ReturnType<typeof readinessOf>]>([
    ['due at its time', { ...waiting, sendAfter: later(60) }, later(60), 'due'],
    ['not before it', { ...waiting, sendAfter: later(60) }, later(59), 'not-yet'],
    ['in hand while its lease runs', sending, later(119), 'in-hand'],
    ['due again when the lease is over', sending, later(120), 'due'],
    ['lapsed when nobody can use it any more', { ...waiting, notAfter: later(300) }, later(300), 'lapsed'],
    ['not lapsed a second before', { ...waiting, notAfter: later(300) }, later(299), 'due'],
    ['a code that a dead delivery held lapses too', { ...sending, notAfter: later(100) }, later(120), 'lapsed'],
    ['ended when sent', { ...waiting, status: 'sent' }, NOW, 'ended'],
    ['ended when failed', { ...waiting, status: 'failed' }, NOW, 'ended'],
  ])('CUS-120: %s', (_what, message, now, readiness) => {
    expect(readinessOf(message, now)).toBe(readiness);
  });

  it('CUS-120: deliveries that keep dying are left alone for longer and longer', () => {
    const tenth = claim({ ...waiting, claims: 9 }, NOW);
    expect(dueAt(tenth)).toBe(later(3_600));
    expect(dueAt(claim(waiting, NOW))).toBe(later(120));
  });
});

describe('afterAttempt', () => {
  it('CUS-120: an outage delays by 10 seconds, doubling up to an hour, and is never a failure', () => {
    const waits: number[] = [];
    let message = waiting;
    for (let i = 0; i < 40; i += 1) {
      message = afterAttempt(claim(message, message.sendAfter), down, NOW);
      waits.push((Date.parse(message.sendAfter) - Date.parse(NOW)) / 1000);
    }
    expect(waits.slice(0, 10)).toEqual([10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600]);
    expect(new Set(waits.slice(10))).toEqual(new Set([3_600]));
    expect(message).toMatchObject({ status: 'waiting', delays: 40, rejections: 0 });
  });

  it('CUS-120: a refusal is retried three times, then it has failed', () => {
    let message = waiting;
    const states: string[] = [];
    const minutes: number[] = [];
    for (let i = 0; i < 4; i += 1) {
      message = afterAttempt(claim(message, NOW), refused, NOW);
      states.push(message.status);
      minutes.push((Date.parse(message.sendAfter) - Date.parse(NOW)) / 60_000);
    }
    expect(states).toEqual(['waiting', 'waiting', 'waiting', 'failed']);
    expect(minutes.slice(0, 3)).toEqual([5, 30, 120]);
    expect(message).toMatchObject({ rejections: 4, failure: 'MessageRejected', endedAt: NOW });
  });

  it('CUS-120: outages between refusals do not count as refusals', () => {
    let message = waiting;
    for (const outcome of [refused, down, down, refused, down, refused]) message = afterAttempt(message, outcome, NOW);
    expect(message).toMatchObject({ status: 'waiting', rejections: 3, delays: 3 });
  });

  it('CUS-120: accepted is sent', () => {
    expect(afterAttempt(claim(waiting, NOW), { kind: 'accepted' }, NOW)).toMatchObject({
      status: 'sent',
      endedAt: NOW,
    });
  });
});

describe('queueDelay', () => {
  it('a queue delays by 900 seconds at most; what is further off is left to the due index', () => {
    expect(queueDelay({ ...waiting, sendAfter: later(900) }, NOW)).toBe(900);
    expect(queueDelay({ ...waiting, sendAfter: later(901) }, NOW)).toBeUndefined();
    expect(queueDelay({ ...waiting, sendAfter: later(-5) }, NOW)).toBe(0);
  });

  it('the doubling does not overflow', () => {
    expect(delaySeconds(5_000)).toBe(3_600);
  });
});
