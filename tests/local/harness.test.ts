import { describe, expect, it } from 'vitest';
import { verificationCodeRequested } from '#events/verification.ts';
import { event } from '#lib/shared/outbox.ts';
import { transact } from '#lib/shared/transaction.ts';
import { clock, publishedEvents, useStack } from '../support/index.ts';

useStack();

describe('the harness', () => {
  it('CUS-267: what was committed with a change is published', async () => {
    const detail = {
      challengeId: 'chl_1',
      memberId: 'mem_1',
      channel: 'email',
      operationKey: 'any',
      requestedAt: clock.now(),
    } as const;
    await transact({ writes: [], events: [event(verificationCodeRequested, detail, clock.now())] });

    expect(await publishedEvents()).toMatchObject([
      { name: 'verification-code.requested', version: 1, occurredAt: clock.now(), detail },
    ]);
  });
});
