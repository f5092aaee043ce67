import { beforeEach, describe, expect, it } from 'vitest';

import { handler as associate } from '../../functions/resellers/associate-reseller.ts';

import { clock, crashAtWrite, drain, type TestPartner, useStack } from '../support/index.ts';

import {
  abandon,
  aCompany,
  acceptWith,
  aDistributor,
  anAccount,
  anAddress,
  aRestricted,
  change,
  eventsAbout,
  invited,
  isBlocked,
  resendAll,
  rowOf,
  stateOf,
  tokenMailedTo,
} from './world.ts';

useStack();

let distributor: TestPartner;
beforeEach(async () => {
  clock.set('2024-08-01T09:00:00+08:00');
  distributor = await aDistributor();
});

/** Hands an event to the consumer as its queue would. */
const deliver = (event: unknown) =>
  associate({
    Records: [{ messageId: 'm-1', body: JSON.stringify(event), attributes: { ApproximateReceiveCount: '1' } }],
  } as unknown as Parameters<typeof associate>[0]);

describe('at once', () => {
  it('DEV-121: accepted twice by the same account: one request, one reseller', async () => {
    const account = await anAccount();
    const { invitationId, token } = await invited(distributor, account.email);
    const company = aCompany();
    const answers = await Promise.all([1, 2, 3].map(() => acceptWith(account, token, company)));
    for (const answer of answers) expect(answer).toMatchObject({ status: 202, body: { status: 'in-progress' } });
    await drain();
    expect(await eventsAbout(invitationId, 'reseller.association-requested')).toHaveLength(1);
    expect(await eventsAbout(invitationId, 'reseller.associated')).toHaveLength(1);
  });

  it('ONB-133: accepted by two accounts: one has it, the other is told and not blocked', async () => {
    const accounts = [await anAccount(), await anAccount()];
    const { invitationId, token } = await invited(distributor, anAddress());
    const answers = await Promise.all(accounts.map((account) => acceptWith(account, token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('INVITATION_USED');
    await drain();
    const winner = accounts[answers[0]?.status === 202 ? 0 : 1];
    const loser = accounts[answers[0]?.status === 202 ? 1 : 0];
    expect(winner && (await stateOf(winner, invitationId)).body.status).toBe('associated');
    expect(loser && (await isBlocked(loser))).toBe(false);
  });

  it('DEV-117: sent again during the acceptance: the link is dead or the request goes on, never both lost', async () => {
    const account = await anAccount();
    const { invitationId, token } = await invited(distributor, account.email);
    const [accepted, resent] = await Promise.all([acceptWith(account, token), resendAll(distributor, invitationId)]);
    expect(resent.body.results).toMatchObject([{ status: 'sent' }]);
    expect([202, 410]).toContain(accepted.status);
    if (accepted.status === 410) await acceptWith(account, await tokenMailedTo(account.email));
    await drain();
    expect(await rowOf(distributor, invitationId)).toMatchObject({ status: 'associated', timesSent: 2 });
  });

  it('DEV-117: sent again while it is checked: the association goes on', async () => {
    const account = await anAccount();
    const { invitationId, token } = await invited(distributor, account.email);
    await acceptWith(account, token);
    expect((await resendAll(distributor, invitationId)).body.results).toMatchObject([
      { status: 'sent', invitation: { status: 'in-progress' } },
    ]);
    await drain();
    expect((await stateOf(account, invitationId)).body.status).toBe('associated');
  });

  it('DEV-123, ONB-139: a company accepted by two distributors: exactly one has it', async () => {
    const company = aCompany();
    const other = await aDistributor();
    const accounts = [await anAccount(), await anAccount()] as const;
    const invitations = [
      await invited(distributor, accounts[0].email),
      await invited(other, accounts[1].email),
    ] as const;
    await Promise.all(accounts.map((account, i) => acceptWith(account, invitations[i]?.token ?? '', company)));
    await drain();
    const states = await Promise.all(
      accounts.map((account, i) => stateOf(account, invitations[i]?.invitationId ?? '')),
    );
    expect(states.map(({ body }) => body.status).sort()).toEqual(['associated', 'restricted']);
    expect(states.find(({ body }) => body.status === 'restricted')?.body.restrictionReasons).toEqual([
      'COMPANY_WITH_DISTRIBUTOR',
    ]);
  });

  it('DEV-123, ONB-139: one account with the invitations of two distributors becomes the reseller of one', async () => {
    const account = await anAccount();
    const other = await aDistributor();
    const [one, two] = [await invited(distributor, account.email), await invited(other, account.email)];
    const answers = await Promise.all([acceptWith(account, one.token), acceptWith(account, two.token)]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    await drain();
    const states = await Promise.all([stateOf(account, one.invitationId), stateOf(account, two.invitationId)]);
    expect(states.map(({ body }) => body.status).sort()).toEqual(['associated', 'restricted']);
    expect(await isBlocked(account)).toBe(true);
  });
});

it('ONB-31, ONB-32: given up here and accepted there in the same moment, the account ends blocked', async () => {
  const { account, invitationId } = await aRestricted(distributor);
  const other = await aDistributor();
  const { invitationId: second, token } = await invited(other, account.email);
  await Promise.all([abandon(account, invitationId), acceptWith(account, token)]);
  const events = [
    ...(await eventsAbout(invitationId, 'reseller.association-failed')),
    ...(await eventsAbout(second, 'reseller.association-requested')),
  ];
  expect(events).toHaveLength(2);
  for (const answer of await Promise.all([...events, ...events].map(deliver)))
    expect(answer).toEqual({ batchItemFailures: [] });
  expect(await isBlocked(account)).toBe(true);
});

describe('the consumer', () => {
  it.each(['before', 'after'] as const)(
    'DEV-201: a crash %s its write is made up for by the next delivery',
    async (when) => {
      for (const [facts, status] of [
        [{}, 'associated'],
        [{ overdue: true }, 'restricted'],
      ] as const) {
        const account = await anAccount(facts);
        const { invitationId, token } = await invited(distributor, account.email);
        await acceptWith(account, token);
        const [request] = await eventsAbout(invitationId, 'reseller.association-requested');
        {
          using crash = crashAtWrite(1, when);
          expect((await deliver(request)).batchItemFailures).toHaveLength(1);
          expect(crash.struck).toBe(true);
        }
        expect(await deliver(request)).toEqual({ batchItemFailures: [] });
        expect((await stateOf(account, invitationId)).body.status).toBe(status);
        expect(await eventsAbout(invitationId, 'reseller.associated', 'reseller.association-restricted')).toHaveLength(
          1,
        );
      }
    },
  );

  it('DEV-121: a crash after the acceptance was written loses nothing', async () => {
    const account = await anAccount();
    const { invitationId, token } = await invited(distributor, account.email);
    {
      using _crash = crashAtWrite(1, 'after');
      expect((await acceptWith(account, token)).status).toBe(500);
    }
    await drain();
    expect((await stateOf(account, invitationId)).body.status).toBe('associated');
  });

  it('DEV-201: the same request delivered again, also after a retry, changes nothing', async () => {
    const { account, invitationId, token } = await aRestricted(distributor);
    const [request] = await eventsAbout(invitationId, 'reseller.association-requested');
    expect(await deliver(request)).toEqual({ batchItemFailures: [] });
    expect(await eventsAbout(invitationId, 'reseller.association-restricted')).toHaveLength(1);
    await change(account, { overdue: false });
    await acceptWith(account, token);
    expect(await deliver(request)).toEqual({ batchItemFailures: [] }); // the first attempt is not the one to be answered
    expect((await stateOf(account, invitationId)).body.status).toBe('in-progress');
    await drain();
    expect((await stateOf(account, invitationId)).body.status).toBe('associated');
    expect(await deliver(request)).toEqual({ batchItemFailures: [] });
    expect(await eventsAbout(invitationId, 'reseller.associated')).toHaveLength(1);
  });

  it('DEV-123, ONB-139, DEV-201: two requests of one company, and one request twice, in the same moment', async () => {
    const company = aCompany();
    const accounts = [await anAccount(), await anAccount()];
    const other = await aDistributor();
    const invitations = [await invited(distributor, anAddress()), await invited(other, anAddress())];
    const requests: unknown[] = [];
    for (const [i, account] of accounts.entries()) {
      const { invitationId, token } = invitations[i] ?? { invitationId: '', token: '' };
      await acceptWith(account, token, company);
      requests.push(...(await eventsAbout(invitationId, 'reseller.association-requested')));
    }
    const answers = await Promise.all([...requests, ...requests].map((request) => deliver(request)));
    for (const answer of answers) expect(answer).toEqual({ batchItemFailures: [] });
    const rows = await Promise.all([
      rowOf(distributor, invitations[0]?.invitationId ?? ''),
      rowOf(other, invitations[1]?.invitationId ?? ''),
    ]);
    expect(rows.map(({ status }) => status).sort()).toEqual(['associated', 'restricted']);
    for (const { invitationId } of invitations)
      expect(await eventsAbout(invitationId, 'reseller.associated', 'reseller.association-restricted')).toHaveLength(1);
  });
});
