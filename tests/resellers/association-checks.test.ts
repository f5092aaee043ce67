import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';

import { handler as registerPartner } from '../../functions/partners/register-partner.ts';

import { handler as setRegions } from '../../functions/resellers/set-reseller-regions.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  clock,
  drain,
  invoke,
  platformOutage,
  sentMails,
  type TestPartner,
  useStack,
} from '../support/index.ts';

import {
  aCompany,
  acceptWith,
  aDistributor,
  anAccount,
  anAddress,
  applied,
  change,
  eventsAbout,
  giveStanding,
  invited,
  isBlocked,
  rowOf,
  stateOf,
} from './world.ts';

useStack();

let distributor: TestPartner;
beforeEach(async () => {
  clock.set('2024-08-01T09:00:00+08:00');
  distributor = await aDistributor();
});

describe('the checks', () => {
  it('DEV-119, DEV-121: all that stands in the way at once, to the invitee alone; fixed, the same link leads on', async () => {
    const account = await anAccount({
      hasProvisionedResources: true,
      overdue: true,
      listed: 'yellow',
      enterpriseRole: 'member',
      realNameAuthentication: 'under-way',
    });
    const company = aCompany();
    const { invitationId, token } = await invited(distributor, account.email);
    await applied(account, token, company);
    const reasons = [
      ...['PROVISIONED_RESOURCES', 'ARREARS', 'BLACK_OR_YELLOW_LISTED', 'ENTERPRISE_ROLE'],
      'REAL_NAME_AUTHENTICATION',
    ];
    expect((await stateOf(account, invitationId)).body).toMatchObject({
      status: 'restricted',
      restrictionReasons: reasons,
      retryUntil: '2024-08-08T01:00:00.000Z',
    });
    expect(JSON.stringify(await rowOf(distributor, invitationId))).not.toContain('ARREARS');
    expect(await rowOf(distributor, invitationId)).toMatchObject({ status: 'restricted', resellerId: null });
    const mails = await sentMails();
    const toInvitee = mails.find(({ to }) => to.includes(company.contact.email));
    expect(toInvitee?.subject).toContain('cannot become a reseller of');
    expect(toInvitee?.text).toContain('The account is in arrears. The account is on a black or yellow list.');
    const toDistributor = mails.find(({ to }) => to.includes(distributor.partner.contact.email ?? ''));
    expect(toDistributor?.subject).toBe(`${company.companyName} cannot become your reseller yet`);
    expect(toDistributor?.text).not.toContain('arrears');

    expect(await isBlocked(account)).toBe(true); // ONB-32: until given up
    await change(account, {
      hasProvisionedResources: false,
      overdue: false,
      listed: 'none',
      enterpriseRole: 'none',
      realNameAuthentication: 'none',
    });
    await applied(account, token, company);
    expect((await stateOf(account, invitationId)).body).toMatchObject({ status: 'associated', retryUntil: null });
  });

  it('DEV-122: joining another program while the association is in progress makes it fail', async () => {
    const account = await anAccount();
    const { invitationId, token } = await invited(distributor, account.email);
    await acceptWith(account, token);
    await change(account, { isApplyingPartner: true });
    await drain();
    expect((await stateOf(account, invitationId)).body.restrictionReasons).toEqual(['OTHER_PATH_OR_PROGRAM']);
  });

  it('DEV-122: also when the sign-in became a partner, or a customer, of this service meanwhile', async () => {
    const [partnerOne, customerOne] = [await anAccount(), await anAccount()];
    const first = await invited(distributor, partnerOne.email);
    const second = await invited(distributor, customerOne.email);
    await acceptWith(partnerOne, first.token);
    await acceptWith(customerOne, second.token);
    const operator = await anOperator();
    const body = {
      type: 'solution-provider',
      companyName: 'Elsewhere',
      accountName: `elsewhere-${randomUUID()}`,
      registrationArea: { countryRegion: 'SG' },
      contact: { name: 'Else', email: anAddress() },
      owner: { subject: partnerOne.subject, name: 'Else', email: partnerOne.email },
    };
    expect(await invoke(registerPartner, { as: operator, body })).toMatchObject({ status: 201 });
    await aCustomer({ of: await aPartner(), accountId: customerOne.accountId });
    await drain();
    expect((await rowOf(distributor, first.invitationId)).status).toBe('restricted');
    expect(await eventsAbout(first.invitationId, 'reseller.association-restricted')).toMatchObject([
      { detail: { reasons: ['OTHER_PATH_OR_PROGRAM'] } },
    ]);
    expect((await stateOf(customerOne, second.invitationId)).body.restrictionReasons).toEqual(['PARTNER_ASSOCIATION']);
  });

  it('DEV-115, ONB-138: the service country must be the same, also where the region is authorised', async () => {
    const path = { distributorId: distributor.partnerId };
    const body = { regions: ['SG', 'MY'], expectedVersion: 0 };
    await invoke(setRegions, { as: await anOperator(), path, body });
    const account = await anAccount({ country: 'MY' });
    const { invitationId, token } = await invited(distributor, account.email);
    await applied(account, token, aCompany({ countryRegion: 'MY' }));
    expect((await stateOf(account, invitationId)).body.restrictionReasons).toEqual(['COUNTRY_MISMATCH']);
  });

  it('DEV-115, DEV-89: services enabled for another country just then', async () => {
    const account = await anAccount();
    const { invitationId, token } = await invited(distributor, account.email);
    await acceptWith(account, token);
    await change(account, { servicesEnabled: true, country: 'MY' });
    await drain();
    expect((await stateOf(account, invitationId)).body.restrictionReasons).toEqual(['COUNTRY_MISMATCH']);
  });

  it('ONB-139: another account of the same company, known by its id or by country and name', async () => {
    const companyId = `C-${randomUUID()}`;
    const company = aCompany();
    const first = await anAccount({ companyId });
    const { token } = await invited(distributor, first.email);
    await applied(first, token, company);
    const sameId = await anAccount({ companyId });
    const sameName = await anAccount();
    const other = await aDistributor();
    for (const [account, as] of [
      [sameId, aCompany()],
      [sameName, { ...company, companyName: ` ${company.companyName.toUpperCase()}  ` }],
    ] as const) {
      const invitation = await invited(other, account.email);
      await applied(account, invitation.token, as);
      expect((await stateOf(account, invitation.invitationId)).body.restrictionReasons).toEqual([
        'COMPANY_WITH_DISTRIBUTOR',
      ]);
    }
  });

  it('DEV-119: a distributor that left meanwhile gets no reseller', async () => {
    const account = await anAccount();
    const { invitationId, token } = await invited(distributor, account.email);
    await acceptWith(account, token);
    await giveStanding(distributor.partnerId, { status: 'inactive' });
    await drain();
    expect((await stateOf(account, invitationId)).body.restrictionReasons).toEqual(['DISTRIBUTOR_INACTIVE']);
  });

  it('DEV-201: while the platform is down the check is tried again; after the last try the invitee just asks again', async () => {
    const account = await anAccount();
    const { invitationId, token } = await invited(distributor, account.email);
    await acceptWith(account, token);
    await platformOutage(true);
    await drain();
    await platformOutage(false);
    expect((await stateOf(account, invitationId)).body).toMatchObject({
      status: 'restricted',
      restrictionReasons: ['SYSTEM_BUSY'],
    });
    expect(await isBlocked(account)).toBe(false); // nobody could be told; the next request will
    await applied(account, token);
    expect((await stateOf(account, invitationId)).body.status).toBe('associated');
    expect(await isBlocked(account)).toBe(true);
  }, 60_000);
});
