import { describe, expect, it } from 'vitest';
import { verificationCodeRequested } from '#events/verification.ts';
import { event } from '#lib/shared/outbox.ts';
import { transact } from '#lib/shared/transaction.ts';
import { clock, failNth, publishedEvents, useStack, waitingMessages } from '../support/index.ts';

useStack();

const commit = (challengeId: string) => {
  const detail = {
    challengeId,
    memberId: 'mem_1',
    channel: 'email',
    operationKey: 'any',
    requestedAt: clock.now(),
  } as const;
  return transact({ writes: [], events: [event(verificationCodeRequested, detail, clock.now())] });
};

describe('publish-events', () => {
  it('CUS-267: what was committed with a change reaches the queues that subscribe it', async () => {
    await commit('chl_1');

    expect(await publishedEvents()).toMatchObject([
      { name: 'verification-code.requested', version: 1, occurredAt: clock.now(), detail: { challengeId: 'chl_1' } },
    ]);
    expect(await waitingMessages('notifications')).toMatchObject([{ detail: { challengeId: 'chl_1' } }]);
  });

  it('CUS-267: an event that could not leave is published by the next attempt, once', async () => {
    await commit('chl_2');
    using broken = failNth(1, 'before', 'PublishBatch');
    expect(await publishedEvents()).toHaveLength(1);
    expect(broken.struck).toBe(true);

    expect((await publishedEvents()).map((each) => each.detail.challengeId)).toEqual(['chl_1', 'chl_2']);
    expect(await waitingMessages('notifications')).toHaveLength(2);
  });

  it('CUS-267: an event whose publication was not confirmed is published again', async () => {
    await commit('chl_3');
    using lost = failNth(1, 'after', 'PublishBatch');
    await publishedEvents();
    await publishedEvents();

    expect(lost.struck).toBe(true);
    const waiting = await waitingMessages('notifications');
    expect(waiting.filter((each) => JSON.stringify(each).includes('chl_3'))).toHaveLength(2);
  });
});
