import { beforeEach, describe, expect, it } from 'vitest';
import { loadPartner } from '#lib/partners/index.ts';
import { loadStanding } from '#lib/shared/standing.ts';
import { handler as openInvitation } from '../../functions/resellers/open-reseller-invitation.ts';
import { type Answer, clock, drain, invoke, type TestPartner, useStack } from '../support/index.ts';
import {
  aCompany,
  acceptWith,
  aDistributor,
  anAccount,
  anAddress,
  factsOf,
  inviteAt,
  invited,
  rowOf,
  stateOf,
} from './world.ts';

useStack();

let distributor: TestPartner;
beforeEach(async () => {
  clock.set('2024-08-01T09:00:00+08:00');
  distributor = await aDistributor();
});

describe('accept-reseller-invitation', () => {
  it('DEV-118, DEV-120, DEV-121, DEV-123, DEV-124: accepted, checked, and a reseller of the distributor without any right of control', async () => {
    const account = await anAccount({ servicesEnabled: false });
    const { invitationId, token } = await invited(distributor, account.email);
    expect((await invoke(openInvitation, { path: { token } })).body).toMatchObject({
      distributorName: distributor.partner.companyName,
      status: 'invited',
    });
    const company = aCompany();
    expect(await acceptWith(account, token, company)).toMatchObject({
      status: 202,
      body: { invitationId, status: 'in-progress', companyName: company.companyName, restrictionReasons: [] },
    });
    expect((await stateOf(account, invitationId)).body.status).toBe('in-progress');
    await drain();
    const { body } = await stateOf(account, invitationId);
    expect(body).toMatchObject({ status: 'associated', associatedOn: clock.now(), restrictionReasons: [] });
    expect(await loadPartner(body.resellerId)).toMatchObject({
      type: 'reseller',
      distributorId: distributor.partnerId,
      companyName: company.companyName,
      registrationArea: { countryRegion: 'SG' },
      paymentCurrency: 'USD',
    });
    const standing = await loadStanding(body.resellerId);
    expect(standing).toMatchObject({ type: 'reseller', distributorId: distributor.partnerId, status: 'active' });
    expect(standing?.grants).not.toContain('budget-and-freeze');
    expect(standing?.grants).not.toContain('act-on-behalf');
    expect(await factsOf(account)).toMatchObject({ purchaseBlocked: true, servicesEnabled: true, country: 'SG' });
    expect(await rowOf(distributor, invitationId)).toMatchObject({ status: 'associated', resellerId: body.resellerId });
  });
});
