import { beforeEach, describe, expect, it } from 'vitest';
import { plus } from '#lib/shared/time.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  clock,
  publishedEvents,
  type TestCustomer,
  type TestMember,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import {
  askForCode,
  attempt,
  challengeWithCode,
  executed,
  giveStanding,
  sentCode,
  withCode,
  wrongCode,
} from './critical-operation.ts';

useStack();

let partner: TestPartner;
let member: TestMember;
let customer: TestCustomer;
let other: TestCustomer;

beforeEach(async () => {
  clock.set('2024-09-10T10:00:00+08:00');
  executed.length = 0;
  partner = await aPartner();
  await giveStanding(partner.partnerId, { verificationEnabled: true, grants: ['budget-and-freeze'] });
  member = await aMember({ of: partner, mobileNumber: '+4915112345678' });
  [customer, other] = await Promise.all([aCustomer({ of: partner }), aCustomer({ of: partner })]);
});

const expectFailed = (answer: { status: number; body: unknown }): void => {
  expect(answer).toMatchObject({ status: 403, body: { code: 'VERIFICATION_FAILED' } });
  expect(executed).toEqual([]);
};

describe('a critical operation without a code', () => {
  it('ORG-173: changes nothing and names operation key, challenge and channels, SMS first and masked', async () => {
    const answer = await attempt(member, customer.customerId);
    expect(answer).toMatchObject({
      status: 403,
      body: {
        code: 'VERIFICATION_REQUIRED',
        operationKey: 'freeze-unfreeze',
        challengeId: expect.stringMatching(/^chl_/),
        channels: [
          { channel: 'sms', destination: '+49****5678' },
          { channel: 'email', destination: expect.stringMatching(/^memb\*\*\*@example\.com$/) },
        ],
      },
    });
    expect(executed).toEqual([]);
  });

  it('ORG-170: is carried out while the function is off', async () => {
    await giveStanding(partner.partnerId, { verificationEnabled: false });
    expect(await attempt(member, customer.customerId)).toMatchObject({ status: 200 });
    expect(executed).toEqual([customer.customerId]);
  });

  it('ORG-176: is carried out for an operator', async () => {
    expect(await attempt(await anOperator(), customer.customerId)).toMatchObject({ status: 200 });
  });
});

describe('asking for the code', () => {
  it('ORG-53, ORG-172: goes to the person by the chosen channel and is announced without the code', async () => {
    const { body } = await attempt(member, customer.customerId);
    const asked = await askForCode(member, body.challengeId, 'sms');

    expect(asked).toMatchObject({
      status: 202,
      body: {
        challengeId: body.challengeId,
        channel: 'sms',
        destination: '+49****5678',
        validUntil: plus(clock.now(), { minutes: 5 }),
      },
    });
    const events = await publishedEvents('verification-code.requested');
    expect(events.filter((each) => each.detail.challengeId === body.challengeId)).toMatchObject([
      { detail: { memberId: member.memberId, channel: 'sms', operationKey: 'freeze-unfreeze' } },
    ]);
    expect(JSON.stringify(events)).not.toContain(sentCode(body.challengeId));
  });

  it('ORG-172: a channel without an address of the person is refused', async () => {
    const withoutNumber = await aMember({ of: partner });
    const { body } = await attempt(withoutNumber, customer.customerId);
    expect(await askForCode(withoutNumber, body.challengeId, 'sms')).toMatchObject({
      status: 422,
      body: { code: 'CHANNEL_NOT_AVAILABLE' },
    });
  });

  it("ORG-174: somebody else's challenge cannot be told from a missing one", async () => {
    const { body } = await attempt(member, customer.customerId);
    const colleague = await aMember({ of: partner });
    const stranger = await aMember({ of: await aPartner() });
    for (const person of [colleague, stranger]) {
      expect(await askForCode(person, body.challengeId)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    }
    expect(await askForCode(member, 'chl_unknown')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });

  it('ORG-175: a second code for the operation 60 seconds later, told by Retry-After', async () => {
    const challengeId = await challengeWithCode(member, customer.customerId);
    clock.advance({ seconds: 59 });
    const early = await askForCode(member, challengeId);
    expect(early).toMatchObject({ status: 429, headers: { 'retry-after': '1' }, body: { code: 'TOO_MANY_CODES' } });
    clock.advance({ seconds: 1 });
    expect(await askForCode(member, challengeId)).toMatchObject({ status: 202 });
  });

  it('ORG-175: ten codes per person and hour, thirty per day', async () => {
    const { body } = await attempt(member, customer.customerId);
    const ask = async () => (await askForCode(member, body.challengeId)).status;
    const start = clock.now();
    for (let i = 0; i < 10; i += 1) {
      expect(await ask()).toBe(202);
      clock.advance({ seconds: 60 });
    }
    expect(await ask()).toBe(429);
    clock.set(plus(start, { hours: 1 }));
    expect(await ask()).toBe(202); // the eleventh: the first has left the hour

    for (let i = 12; i <= 30; i += 1) {
      clock.advance({ minutes: 20 });
      expect(await ask()).toBe(202);
    }
    clock.advance({ hours: 2 });
    const refused = await askForCode(member, body.challengeId);
    expect(refused).toMatchObject({
      status: 429,
      headers: { 'retry-after': String(24 * 3600 - (3600 + 19 * 1200 + 7200)) },
    });
    clock.set(plus(start, { days: 1 }));
    expect(await ask()).toBe(202); // the thirty-first: the first has left the day
  });

  it('ORG-192: a challenge ends a day after it was opened or its last code lapsed', async () => {
    const { body } = await attempt(member, customer.customerId);
    clock.advance({ hours: 23, minutes: 59, seconds: 59 });
    expect(await askForCode(member, body.challengeId)).toMatchObject({ status: 202 });
    clock.advance({ days: 1, minutes: 4, seconds: 59 });
    expect(await askForCode(member, body.challengeId)).toMatchObject({ status: 202 });
    clock.advance({ days: 1, minutes: 5 });
    expect(await askForCode(member, body.challengeId)).toMatchObject({ status: 404 });
  });
});

describe('the code', () => {
  it('ORG-54: carries the operation once, and never again', async () => {
    const challengeId = await challengeWithCode(member, customer.customerId);
    const code = withCode(challengeId, sentCode(challengeId));
    expect(await attempt(member, customer.customerId, code)).toMatchObject({ status: 200 });
    expect(await attempt(member, customer.customerId, code)).toMatchObject({
      status: 403,
      body: { code: 'VERIFICATION_FAILED' },
    });
    expect(executed).toEqual([customer.customerId]);
  });

  it('ORG-54: two requests at once with one code: one is carried out', async () => {
    const challengeId = await challengeWithCode(member, customer.customerId);
    const code = withCode(challengeId, sentCode(challengeId));
    const answers = await Promise.all(Array.from({ length: 8 }, () => attempt(member, customer.customerId, code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === 'VERIFICATION_FAILED')).toHaveLength(7);
    expect(executed).toEqual([customer.customerId]);
  });

  it('ORG-174: sent for freezing A it does not freeze B, and still freezes A', async () => {
    const challengeId = await challengeWithCode(member, customer.customerId);
    const code = withCode(challengeId, sentCode(challengeId));
    expectFailed(await attempt(member, other.customerId, code));
    expect(await attempt(member, customer.customerId, code)).toMatchObject({ status: 200 });
  });

  it('ORG-174: does not carry the same operation with another body', async () => {
    const challengeId = await challengeWithCode(member, customer.customerId);
    expectFailed(
      await attempt(member, customer.customerId, {
        body: { reason: 'another' },
        ...withCode(challengeId, sentCode(challengeId)),
      }),
    );
  });

  it('ORG-174: is of no use to a colleague', async () => {
    const challengeId = await challengeWithCode(member, customer.customerId);
    const colleague = await aMember({ of: partner });
    expectFailed(await attempt(colleague, customer.customerId, withCode(challengeId, sentCode(challengeId))));
  });

  it.each(['４２４２４２', '', '12345', '1234567', 'é12345'])('ORG-174: %j is simply wrong', async (text) => {
    const challengeId = await challengeWithCode(member, customer.customerId);
    expectFailed(await attempt(member, customer.customerId, withCode(challengeId, text)));
  });

  it('ORG-175: works until 4:59 and no longer at 5:00', async () => {
    const first = await challengeWithCode(member, customer.customerId);
    const code = withCode(first, sentCode(first));
    clock.advance({ minutes: 5 });
    expectFailed(await attempt(member, customer.customerId, code));

    const second = await challengeWithCode(member, customer.customerId);
    const fresh = withCode(second, sentCode(second));
    clock.advance({ minutes: 4, seconds: 59 });
    expect(await attempt(member, customer.customerId, fresh)).toMatchObject({ status: 200 });
  });

  it('ORG-55: four wrong codes leave it, the fifth voids it; a new one helps', async () => {
    const challengeId = await challengeWithCode(member, customer.customerId);
    const [right, wrong] = [sentCode(challengeId), wrongCode(challengeId)];
    for (let i = 0; i < 5; i += 1)
      expectFailed(await attempt(member, customer.customerId, withCode(challengeId, wrong)));
    expectFailed(await attempt(member, customer.customerId, withCode(challengeId, right)));

    clock.advance({ seconds: 60 });
    expect(await askForCode(member, challengeId)).toMatchObject({ status: 202 });
    expect(await attempt(member, customer.customerId, withCode(challengeId, sentCode(challengeId)))).toMatchObject({
      status: 200,
    });
  });

  it('ORG-55: the right code after four wrong ones is accepted', async () => {
    const challengeId = await challengeWithCode(member, customer.customerId);
    for (let i = 0; i < 4; i += 1)
      expectFailed(await attempt(member, customer.customerId, withCode(challengeId, wrongCode(challengeId))));
    expect(await attempt(member, customer.customerId, withCode(challengeId, sentCode(challengeId)))).toMatchObject({
      status: 200,
    });
  });

  it('ORG-55: many guesses at once get no more than five attempts', async () => {
    const challengeId = await challengeWithCode(member, customer.customerId);
    const guesses = Array.from({ length: 12 }, () =>
      attempt(member, customer.customerId, withCode(challengeId, wrongCode(challengeId))),
    );
    for (const answer of await Promise.all(guesses)) expectFailed(answer);
    expectFailed(await attempt(member, customer.customerId, withCode(challengeId, sentCode(challengeId))));
  });

  it('ORG-54: wrong guesses at the same moment do not spoil the right code', async () => {
    const challengeId = await challengeWithCode(member, customer.customerId);
    const [right, wrong] = [sentCode(challengeId), wrongCode(challengeId)];
    const codes = [wrong, right, wrong, wrong].map((code) => withCode(challengeId, code));
    const answers = await Promise.all(codes.map((code) => attempt(member, customer.customerId, code)));
    expect(answers.map(({ status }) => status)).toEqual([403, 200, 403, 403]);
  });

  it('ORG-55: a newer challenge for the same operation voids it, one for another request included', async () => {
    const older = await challengeWithCode(member, customer.customerId);
    const code = sentCode(older);
    clock.advance({ seconds: 60 });
    const newer = await challengeWithCode(member, other.customerId);
    expectFailed(await attempt(member, customer.customerId, withCode(older, code)));
    expect(await attempt(member, other.customerId, withCode(newer, sentCode(newer)))).toMatchObject({ status: 200 });
  });

  it('ORG-55: sending again voids the code before', async () => {
    const challengeId = await challengeWithCode(member, customer.customerId);
    const before = sentCode(challengeId);
    clock.advance({ seconds: 60 });
    await askForCode(member, challengeId);
    expectFailed(await attempt(member, customer.customerId, withCode(challengeId, before)));
    expect(await attempt(member, customer.customerId, withCode(challengeId, sentCode(challengeId)))).toMatchObject({
      status: 200,
    });
  });
});

describe('the audit record', () => {
  it('ORG-177: every request, failure and success is written, never with the code', async () => {
    const challengeId = await challengeWithCode(member, customer.customerId);
    const [right, wrong] = [sentCode(challengeId), wrongCode(challengeId)];
    const steps = [
      () => askForCode(member, challengeId), // too early
      () => attempt(member, customer.customerId, withCode(challengeId, wrong)),
      () => attempt(member, other.customerId, withCode(challengeId, right)),
      () => attempt(member, customer.customerId, withCode(challengeId, right)),
    ];
    for (const step of steps) {
      clock.advance({ seconds: 1 });
      await step();
    }

    const requests = await tracesOf(partner.partnerId, 'request-verification-code');
    expect(requests).toMatchObject([
      { outcome: 'done', actorId: member.memberId, after: { challengeId, channel: 'email' } },
      { outcome: 'refused', code: 'TOO_MANY_CODES' },
    ]);
    const checks = await tracesOf(partner.partnerId, 'check-verification-code');
    expect(checks.map(({ outcome, after }) => ({ outcome, after }))).toEqual([
      { outcome: 'refused', after: { challengeId, operationKey: 'freeze-unfreeze', result: 'wrong' } },
      { outcome: 'refused', after: { challengeId, operationKey: 'freeze-unfreeze', result: 'other-request' } },
      { outcome: 'done', after: { challengeId, operationKey: 'freeze-unfreeze', result: 'right' } },
    ]);
    const operations = await tracesOf(partner.partnerId, 'critical-for-test');
    expect(operations.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['refused', 'VERIFICATION_REQUIRED'],
      ['refused', 'VERIFICATION_FAILED'],
      ['refused', 'VERIFICATION_FAILED'],
      ['done', undefined],
    ]);
    const all = JSON.stringify(await tracesOf(partner.partnerId));
    expect(all).not.toContain(right);
    expect(all).not.toContain(wrong);
  });
});
