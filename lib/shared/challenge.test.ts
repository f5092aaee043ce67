import { describe, expect, it } from 'vitest';
import type { Member } from './actor.ts';
import {
  afterAttempt,
  allowNextCode,
  type Challenge,
  channelsOf,
  keptUntil,
  type SentCodes,
  whyUnusable,
  withCode,
} from './challenge.ts';
import type { CriticalOperation } from './critical.ts';
import { Refusal } from './errors.ts';
import { permissionsOf } from './permissions.ts';
import { type Instant, instant, plus } from './time.ts';

const NOW = instant('2024-09-10T10:00:00+08:00');
const opened: Challenge = {
  challengeId: 'chl_1',
  personId: 'mem_1',
  operationKey: 'freeze-unfreeze',
  requestDigest: 'digest-of-a',
  openedAt: NOW,
  version: 1,
};
const sent = withCode(opened, 'sms', NOW);
const codes: SentCodes = {
  sent: [{ at: NOW, operationKey: 'freeze-unfreeze' }],
  latest: { 'freeze-unfreeze': 'chl_1' },
  version: 1,
};

const sentAt = (...times: readonly (readonly [Instant, CriticalOperation])[]): SentCodes => ({
  sent: times.map(([at, operationKey]) => ({ at, operationKey })),
  latest: {},
  version: times.length,
});

function refusalOf(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('not refused');
}

describe('ORG-175: how many codes a person may ask for', () => {
  it('ORG-175: another code for the same operation is possible after exactly 60 seconds', () => {
    expect(refusalOf(() => allowNextCode(codes, opened, plus(NOW, { seconds: 59 }))).details).toEqual({
      retryAfterSeconds: 1,
    });
    expect(allowNextCode(codes, opened, plus(NOW, { seconds: 60 })).sent).toHaveLength(2);
  });

  it('ORG-175: resending means the same operation; a code for another one need not wait', () => {
    const other: Challenge = { ...opened, challengeId: 'chl_2', operationKey: 'set-monthly-budget' };
    const after = allowNextCode(codes, other, plus(NOW, { seconds: 1 }));
    expect(after.latest).toEqual({ 'freeze-unfreeze': 'chl_1', 'set-monthly-budget': 'chl_2' });
    expect(refusalOf(() => allowNextCode(after, opened, plus(NOW, { seconds: 30 }))).details).toEqual({
      retryAfterSeconds: 30,
    });
  });

  it('ORG-175: the eleventh code within an hour is refused until the first is exactly an hour old', () => {
    const ten = sentAt(
      ...Array.from({ length: 10 }, (_, i) => [plus(NOW, { minutes: 2 * i }), 'freeze-unfreeze'] as const),
    );
    const refusal = refusalOf(() => allowNextCode(ten, opened, plus(NOW, { minutes: 59, seconds: 59 })));
    expect(refusal.definition.code).toBe('TOO_MANY_CODES');
    expect(refusal.details).toEqual({ retryAfterSeconds: 1 });
    expect(allowNextCode(ten, opened, plus(NOW, { hours: 1 })).sent).toHaveLength(11);
  });

  it('ORG-175: the thirty-first code within a day is refused until the first is exactly a day old', () => {
    const thirty = sentAt(
      ...Array.from({ length: 30 }, (_, i) => [plus(NOW, { minutes: 40 * i }), 'freeze-unfreeze'] as const),
    );
    expect(refusalOf(() => allowNextCode(thirty, opened, plus(NOW, { hours: 23, minutes: 59 }))).details).toEqual({
      retryAfterSeconds: 60,
    });
    expect(allowNextCode(thirty, opened, plus(NOW, { days: 1 })).sent).toHaveLength(30); // the one that left the day is forgotten
  });
});

describe('ORG-174: what a code is good for', () => {
  it('ORG-174: it opens the operation, request and person it was sent for', () => {
    expect(whyUnusable(sent, opened, codes, NOW)).toBeUndefined();
  });

  it.each([
    ['unknown-challenge', undefined, {}],
    ['other-person', sent, { personId: 'mem_2' }],
    ['other-operation', sent, { operationKey: 'set-monthly-budget' as const }],
    ['other-request', sent, { requestDigest: 'digest-of-b' }],
    ['no-code-sent', opened, {}],
    ['used', afterAttempt(sent, true, NOW), {}],
  ])('ORG-174: %s', (reason, challenge, wanted) => {
    expect(whyUnusable(challenge, { ...opened, ...wanted }, codes, NOW)).toBe(reason);
  });

  it('ORG-55: a newer code for the same operation voids this one', () => {
    expect(whyUnusable(sent, opened, { ...codes, latest: { 'freeze-unfreeze': 'chl_9' } }, NOW)).toBe(
      'newer-code-sent',
    );
  });

  it.each([
    [plus(NOW, { minutes: 4, seconds: 59 }), undefined],
    [plus(NOW, { minutes: 5 }), 'expired'],
  ])('ORG-55: five minutes, the last instant excluded (%s)', (now, reason) => {
    expect(whyUnusable(sent, opened, codes, now)).toBe(reason);
  });

  it('ORG-55: the fifth wrong attempt voids it, the fourth does not', () => {
    let challenge = sent;
    for (let attempt = 0; attempt < 4; attempt += 1) challenge = afterAttempt(challenge, false, NOW);
    expect(whyUnusable(challenge, opened, codes, NOW)).toBeUndefined();
    challenge = afterAttempt(challenge, false, NOW);
    expect(whyUnusable(challenge, opened, codes, NOW)).toBe('too-many-attempts');
  });

  it('ORG-55: a code sent anew has its own five minutes and five attempts', () => {
    const later = plus(NOW, { minutes: 30 });
    const again = withCode(afterAttempt(sent, false, NOW), 'email', later);
    expect(again.sent).toEqual({ at: later, channel: 'email', wrongAttempts: 0 });
    expect(again.version).toBe(4);
  });
});

describe('ORG-192: how long a challenge is kept', () => {
  it('ORG-192: a day after the last code lapsed, or after it was opened', () => {
    expect(keptUntil(opened)).toBe(plus(NOW, { days: 1 }));
    expect(keptUntil(sent)).toBe(plus(NOW, { days: 1, minutes: 5 }));
  });
});

describe('ORG-172: where a code can go', () => {
  const member: Member = {
    kind: 'member',
    id: 'mem_1',
    partnerId: 'par_1',
    name: 'Mia',
    email: 'mia.member@example.com',
    mobileNumber: '+6591234567',
    owner: false,
    roles: ['admin'],
    permissions: permissionsOf('admin'),
    dataScope: 'all',
  };

  it('ORG-172: SMS first, destinations masked', () => {
    expect(channelsOf(member)).toEqual([
      { channel: 'sms', destination: '+65****4567' },
      { channel: 'email', destination: 'mia.***@example.com' },
    ]);
  });

  it('ORG-171: without number and address there is no channel', () => {
    expect(channelsOf({ ...member, mobileNumber: undefined, email: '' })).toEqual([]);
  });
});
