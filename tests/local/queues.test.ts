import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { consumer } from '#lib/shared/consumer.ts';
import { getItem, putIfAbsent } from '#lib/shared/dynamodb.ts';
import { sendMessages } from '#lib/shared/queue.ts';
import { createPump, type Pump } from '../../infra/local/pump.ts';
import { crashAtWrite, deadLetters, throttle, useStack, waitingMessages } from '../support/index.ts';

useStack();

let deliveries: { id: string; attempt: number }[] = [];
let failingDeliveries = 0;
let pump: Pump;

const noteOf = (id: string) => getItem('platform', { pk: `NOTE#${id}`, sk: 'NOTE' });

/** Stands for the consumers of the areas, on a queue that the templates declare. */
const handler = consumer({
  name: 'take-notes',
  summary: 'Takes a note for each message.',
  rules: 'CUS-267',
  queue: 'notifications',
  timeoutSeconds: 30,
  message: z.object({ id: z.string() }),
  run: async ({ id }, { attempt }) => {
    deliveries.push({ id, attempt });
    if (id.startsWith('failing') && attempt <= failingDeliveries) throw new Error('not yet');
    await putIfAbsent('platform', { pk: `NOTE#${id}`, sk: 'NOTE' });
  },
});

beforeAll(() => {
  pump = createPump([{ area: 'tests', file: 'queues.test.ts', handler }], { redeliverAtOnce: true });
});
beforeEach(() => {
  deliveries = [];
});
afterAll(() => pump.stop());

describe('drain', () => {
  it('CUS-267: a failed message comes again, the others of its batch do not', async () => {
    failingDeliveries = 2;
    await sendMessages('notifications', [{ id: 'good' }, { id: 'failing-twice' }]);
    await pump.drain();

    expect(deliveries).toEqual([
      { id: 'good', attempt: 1 },
      { id: 'failing-twice', attempt: 1 },
      { id: 'failing-twice', attempt: 2 },
      { id: 'failing-twice', attempt: 3 },
    ]);
    expect(await noteOf('failing-twice')).toBeDefined();
  });

  it('CUS-267: after five failed deliveries a message lies on the dead-letter queue', async () => {
    failingDeliveries = 99;
    await sendMessages('notifications', [{ id: 'failing-for-good' }]);
    await pump.drain();

    expect(deliveries.map((each) => each.attempt)).toEqual([1, 2, 3, 4, 5]);
    expect(await waitingMessages('notifications')).toEqual([]);
    expect(await deadLetters('notifications')).toEqual([{ id: 'failing-for-good' }]);
  });

  it('CUS-267: more messages than one batch are all worked off, delayed ones too', async () => {
    const messages = Array.from({ length: 25 }, (_none, i) => ({ id: `note-${i}` }));
    await sendMessages('notifications', messages, { delaySeconds: 600 });

    expect(await pump.drain()).toBe(25);
    expect(deliveries).toHaveLength(25);
  });
});

describe('faults', () => {
  it('CUS-267: an invocation that dies after its write is repeated', async () => {
    await sendMessages('notifications', [{ id: 'dies-after' }]);
    using crash = crashAtWrite(1, 'after');
    await pump.drain();

    expect(crash.struck).toBe(true);
    expect(deliveries.map((each) => each.attempt)).toEqual([1, 2]);
  });

  it('CUS-267: an invocation that dies before its write has written nothing', async () => {
    await sendMessages('notifications', [{ id: 'dies-before' }]);
    using crash = crashAtWrite(1, 'before');
    await pump.pumpOnce();

    expect(crash.struck).toBe(true);
    expect(await noteOf('dies-before')).toBeUndefined();
    await pump.drain();
    expect(await noteOf('dies-before')).toBeDefined();
  });

  it('CUS-267: a throttled table delays a message, and the SDK alone bears it', async () => {
    await sendMessages('notifications', [{ id: 'throttled' }]);
    using throttling = throttle(1);
    await pump.drain();

    expect(throttling.left).toBe(0);
    expect(deliveries.map((each) => each.attempt)).toEqual([1]);
    expect(await noteOf('throttled')).toBeDefined();
  });
});
