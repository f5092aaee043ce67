import { beforeEach, describe, expect, it } from 'vitest';
import { loadPartner } from '#lib/partners/index.ts';
import { loadStanding } from '#lib/shared/standing.ts';
import { handler as expireInvitations } from '../../functions/resellers/expire-reseller-invitations.ts';

import { handler as openInvitation } from '../../functions/resellers/open-reseller-invitation.ts';
import { handler as registerAccount } from '../../functions/resellers/register-reseller-account.ts';

import {
  aCustomer,
  anOperator,
  aPartner,
  clock,
  drain,
  invoke,
  runSchedule,
  sentMails,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import {
  aCompany,
  acceptWith,
  aDistributor,
  anAccount,
  anAddress,
  applied,
  aReseller,
  aRestricted,
  change,
  eventsAbout,
  factsOf,
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

describe('accept-reseller-invitation', () => {
  it('DEV-118, DEV-121, DEV-123, DEV-124: accepted, in progress, and then a reseller of the distributor without any right of control', async () => {
    const account = await anAccount();
    const { invitationId, token } = await invited(distributor, account.email);
    const company = aCompany({ timeZone: 'Asia/Tokyo', language: 'de', stateProvince: 'Central' });
    expect(await acceptWith(account, token, company)).toMatchObject({
      status: 202,
      body: { invitationId, status: 'in-progress', companyName: company.companyName, restrictionReasons: [] },
    });
    expect((await stateOf(account, invitationId)).body.status).toBe('in-progress');
    expect((await rowOf(distributor, invitationId)).status).toBe('in-progress');
    clock.advance({ seconds: 5 });
    await drain();
    const { body } = await stateOf(account, invitationId);
    expect(body).toMatchObject({ status: 'associated', associatedOn: clock.now(), restrictionReasons: [] });
    expect(await loadPartner(body.resellerId)).toMatchObject({
      type: 'reseller',
      distributorId: distributor.partnerId,
      companyName: company.companyName,
      registrationArea: { countryRegion: 'SG', stateProvince: 'Central' },
      contact: company.contact,
      timeZone: 'Asia/Tokyo',
      paymentCurrency: 'USD',
    });
    const standing = await loadStanding(body.resellerId);
    expect(standing).toMatchObject({ type: 'reseller', distributorId: distributor.partnerId, status: 'active' });
    expect(standing?.grants).not.toContain('budget-and-freeze');
    expect(standing?.grants).not.toContain('act-on-behalf');
    expect(await factsOf(account)).toMatchObject({ servicesEnabled: true, country: 'SG' }); // ONB-134
    expect(await rowOf(distributor, invitationId)).toMatchObject({ status: 'associated', resellerId: body.resellerId });
    expect(await eventsAbout(invitationId, 'reseller.associated')).toMatchObject([
      { detail: { distributorId: distributor.partnerId, resellerId: body.resellerId, accountId: account.accountId } },
    ]);
    const told = (await sentMails()).filter(({ to }) => to.includes(company.contact.email));
    expect(told.map(({ subject }) => subject)).toEqual([
      `${company.companyName} ist Wiederverkäufer von ${distributor.partner.companyName}`,
    ]);
  });

  it('DEV-120, ONB-31: purchases are blocked from the application on and stay so for the reseller', async () => {
    const account = await anAccount();
    const { token } = await invited(distributor, account.email);
    expect(await isBlocked(account)).toBe(false);
    await applied(account, token);
    expect(await isBlocked(account)).toBe(true);
  });

  it('DEV-118, ONB-134: who has no account registers one with the invited address and accepts', async () => {
    const email = anAddress();
    const { invitationId, token } = await invited(distributor, email);
    const register = (body: object) => invoke(registerAccount, { body: { token, countryRegion: 'SG', ...body } });
    expect(await register({ password: 'short' })).toMatchObject({ status: 422, body: { code: 'PASSWORD_REFUSED' } });
    expect(await register({ password: 'long enough', countryRegion: 'MY' })).toMatchObject({
      body: { code: 'REGION_NOT_AUTHORIZED' },
    });
    const answer = await register({ password: 'long enough' });
    expect(answer).toMatchObject({ status: 201 });
    expect((await register({ password: 'long enough' })).body).toEqual(answer.body); // the lost answer of the first
    const account = { ...answer.body, email, subject: `account:${answer.body.accountId}` };
    await applied(account, token);
    expect((await stateOf(account, invitationId)).body.status).toBe('associated');
    expect(await register({ password: 'long enough' })).toMatchObject({
      status: 409,
      body: { code: 'INVITATION_USED' },
    });
  });

  it('DEV-118: an address that has an account signs in instead', async () => {
    const { email } = await anAccount();
    const { token } = await invited(distributor, email);
    const body = { token, countryRegion: 'SG', password: 'long enough' };
    expect(await invoke(registerAccount, { body })).toMatchObject({ status: 409, body: { code: 'ACCOUNT_EXISTS' } });
    clock.set('2024-08-08T09:00:00+08:00');
    expect(await invoke(registerAccount, { body })).toMatchObject({ status: 410 });
  });

  it('DEV-117, DEV-121: at the last instant of the seven days it is accepted, at the next it is not', async () => {
    const [one, other] = [await anAccount(), await anAccount()];
    const [early, late] = [await invited(distributor, one.email), await invited(distributor, other.email)];
    clock.set('2024-08-08T08:59:59.999+08:00');
    expect(await acceptWith(one, early.token)).toMatchObject({ status: 202 });
    clock.set('2024-08-08T09:00:00+08:00');
    expect(await acceptWith(other, late.token)).toMatchObject({ status: 410, body: { code: 'INVITATION_EXPIRED' } });
    await runSchedule(expireInvitations, clock.now());
    await drain();
    expect((await stateOf(one, early.invitationId)).body.status).toBe('associated'); // what is being checked is not cut off
    expect(await isBlocked(other)).toBe(false);
  });

  it('DEV-117: a replaced link is dead, the new one works', async () => {
    const account = await anAccount();
    const { invitationId, token } = await invited(distributor, account.email);
    await resendAll(distributor, invitationId);
    expect(await acceptWith(account, token)).toMatchObject({ status: 410, body: { code: 'INVITATION_EXPIRED' } });
    await applied(account, await tokenMailedTo(account.email));
    expect((await stateOf(account, invitationId)).body.status).toBe('associated');
  });

  it('DEV-115: a company outside the authorised regions, or of another country than its account, is refused', async () => {
    const account = await anAccount({ servicesEnabled: true });
    const { invitationId, token } = await invited(distributor, account.email);
    expect(await acceptWith(account, token, aCompany({ countryRegion: 'MY' }))).toMatchObject({
      status: 422,
      body: { code: 'REGION_NOT_AUTHORIZED' },
    });
    const far = await anAccount({ country: 'MY', servicesEnabled: true });
    expect(await acceptWith(far, token)).toMatchObject({ status: 409, body: { code: 'COUNTRY_FIXED' } });
    expect((await rowOf(distributor, invitationId)).status).toBe('invited');
    expect(await isBlocked(account)).toBe(false);
  });

  it('DEV-116: at acceptance, too: the invited address became a reseller meanwhile', async () => {
    const address = anAddress();
    const { token } = await invited(distributor, address);
    const account = await anAccount({ email: address });
    await aReseller(await aDistributor(), account);
    expect(await acceptWith(await anAccount(), token)).toMatchObject({
      status: 409,
      body: { code: 'ALREADY_RESELLER' },
    });
  });

  it('DEV-118: only a signed-in account of the platform that acts for nobody here', async () => {
    const { token } = await invited(distributor, anAddress());
    for (const as of [await aPartner(), await aPartner({ of: distributor }), await aCustomer(), await anOperator()])
      expect(await acceptWith(as, token)).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
    expect(await acceptWith({ subject: 'of-no-account' }, token)).toMatchObject({
      body: { code: 'ACCOUNT_NOT_FOUND' },
    });
    for (const bad of [{ companyName: ' ' }, { contact: { name: 'x', email: 'none' } }, { countryRegion: 'Singapore' }])
      expect(await acceptWith(await anAccount(), token, aCompany(bad))).toMatchObject({ status: 400 });
  });

  it('DEV-04: every step leaves a trace, with personal fields masked', async () => {
    const { account, invitationId, token } = await aRestricted(distributor);
    await change(account, { overdue: false });
    await applied(account, token);
    const traces = (await tracesOf(distributor.partnerId)).filter(({ operation }) => operation !== 'test-setup');
    expect(traces.map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual([
      'invite-reseller done',
      'accept-reseller-invitation done',
      'associate-reseller done',
      'accept-reseller-invitation done',
      'associate-reseller done',
    ]);
    expect(JSON.stringify(traces)).toContain(invitationId);
    expect(JSON.stringify(traces)).not.toContain(account.email);
    expect(JSON.stringify(traces)).not.toContain('rita-');
  });
});

it('DEV-117: opening a link changes nothing', async () => {
  const { invitationId, token } = await invited(distributor, anAddress());
  const before = await rowOf(distributor, invitationId);
  await invoke(openInvitation, { path: { token } });
  expect(await rowOf(distributor, invitationId)).toEqual(before);
});
