import { beforeEach, describe, expect, it } from 'vitest';

import { handler as expireInvitations } from '../../functions/resellers/expire-reseller-invitations.ts';

import { aPartner, clock, drain, runSchedule, type TestPartner, useStack } from '../support/index.ts';

import {
  abandon,
  acceptWith,
  aDistributor,
  anAccount,
  applied,
  aRestricted,
  change,
  eventsAbout,
  invited,
  isBlocked,
  resendAll,
  stateOf,
  tokenMailedTo,
} from './world.ts';

useStack();

let distributor: TestPartner;
beforeEach(async () => {
  clock.set('2024-08-01T09:00:00+08:00');
  distributor = await aDistributor();
});

describe('giving up and running out', () => {
  it('ONB-32, ONB-140: given up, the account may buy again and the link is used; sent again, it may be accepted anew', async () => {
    const { account, invitationId, token } = await aRestricted(distributor);
    expect(await abandon(account, invitationId)).toMatchObject({ status: 200, body: { status: 'given-up' } });
    expect(await abandon(account, invitationId)).toMatchObject({ status: 200, body: { status: 'given-up' } });
    await drain();
    expect(await isBlocked(account)).toBe(false);
    expect(await eventsAbout(invitationId, 'reseller.association-failed')).toHaveLength(1);
    expect(await acceptWith(account, token)).toMatchObject({ status: 409, body: { code: 'INVITATION_USED' } });
    await change(account, { overdue: false });
    await resendAll(distributor, invitationId);
    await applied(account, await tokenMailedTo(account.email));
    expect((await stateOf(account, invitationId)).body.status).toBe('associated');
  });

  it('ONB-32: while it is checked it cannot be given up, and somebody else knows of no application', async () => {
    const account = await anAccount({ overdue: true });
    const { invitationId, token } = await invited(distributor, account.email);
    expect(await stateOf(account, invitationId)).toMatchObject({ status: 404 }); // not accepted yet
    await acceptWith(account, token);
    expect(await abandon(account, invitationId)).toMatchObject({ body: { code: 'ASSOCIATION_UNDER_WAY' } });
    await drain();
    const strangers = [await anAccount(), await aPartner(), distributor, await aPartner({ of: distributor })];
    for (const stranger of strangers)
      expect(await stateOf(stranger, invitationId)).toMatchObject({
        status: 404,
        body: { code: 'RESELLER_INVITATION_NOT_FOUND' },
      });
    expect(await abandon(await anAccount(), invitationId)).toMatchObject({ status: 404 });
  });

  it('DEV-121, DEV-197, ONB-32: a restricted one runs out with its link, swept or not, and its account may buy again', async () => {
    const { account, invitationId, token } = await aRestricted(distributor);
    await change(account, { overdue: false });
    clock.set('2024-08-08T09:00:00+08:00');
    expect(await acceptWith(account, token)).toMatchObject({ status: 410, body: { code: 'INVITATION_EXPIRED' } });
    expect((await stateOf(account, invitationId)).body).toMatchObject({
      status: 'expired',
      restrictionReasons: ['ARREARS'],
      retryUntil: null,
    });
    expect(await isBlocked(account)).toBe(true);
    await runSchedule(expireInvitations, clock.now());
    await runSchedule(expireInvitations, clock.now());
    await drain();
    expect(await isBlocked(account)).toBe(false);
    expect(await eventsAbout(invitationId, 'reseller.association-failed')).toMatchObject([
      { detail: { cause: 'expired', accountId: account.accountId } },
    ]);
  });

  it('DEV-117, ONB-32: sending a restricted invitation again frees the account, and lets another one accept', async () => {
    const { account, invitationId, token } = await aRestricted(distributor);
    await resendAll(distributor, invitationId);
    const newer = await tokenMailedTo(account.email);
    expect(await isBlocked(account)).toBe(false);
    expect(await stateOf(account, invitationId)).toMatchObject({ status: 404 });
    expect(await acceptWith(account, token)).toMatchObject({ status: 410 });
    const second = await anAccount();
    await applied(second, newer);
    expect((await stateOf(second, invitationId)).body.status).toBe('associated');
  });

  it('ONB-31: an account stays blocked while another application of it runs', async () => {
    const { account, invitationId } = await aRestricted(distributor);
    const other = await aDistributor();
    const { token } = await invited(other, account.email);
    await applied(account, token);
    await abandon(account, invitationId);
    await drain();
    expect(await isBlocked(account)).toBe(true);
  });
});
