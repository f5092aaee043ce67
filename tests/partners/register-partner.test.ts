import { describe, expect, it } from 'vitest';
import { handler as getPartner } from '../../functions/partners/get-partner.ts';
import { handler as listPartners } from '../../functions/partners/list-partners.ts';
import { handler as registerPartner } from '../../functions/partners/register-partner.ts';
import { anOperator, aPartner, invoke, useStack } from '../support/index.ts';

useStack();

const aWish = (fields: object = {}) => ({
  type: 'solution-provider',
  companyName: 'Sunbird Cloud',
  accountName: 'sunbird',
  registrationArea: { countryRegion: 'MY' },
  contact: { name: 'Ada Admin', email: 'ada@sunbird.example' },
  owner: { subject: `owner-${Math.random()}`, name: 'Owen Owner', email: 'owen@sunbird.example' },
  ...fields,
});

describe('register-partner', () => {
  it('ORG-08: the owner account holds every permission, without being given a role', async () => {
    const operator = await anOperator();
    const wish = aWish();
    const registered = await invoke(registerPartner, { as: operator, body: wish });
    expect(registered).toMatchObject({
      status: 201,
      body: { type: 'solution-provider', paymentCurrency: 'USD', version: 1 },
    });

    const read = await invoke(getPartner, {
      as: { subject: wish.owner.subject },
      path: { partnerId: registered.body.partnerId },
    });
    expect(read).toMatchObject({
      status: 200,
      body: { companyName: 'Sunbird Cloud', contact: { name: 'A***n', email: 'ad***@sunbird.example' } },
    });
  });

  it('ORG-08: a reseller needs a distributor, others must not name one', async () => {
    const operator = await anOperator();
    const distributor = await aPartner({ type: 'distributor' });
    const provider = await aPartner();
    const register = (fields: object) => invoke(registerPartner, { as: operator, body: aWish(fields) });

    expect(await register({ type: 'reseller' })).toMatchObject({ status: 422, body: { code: 'DISTRIBUTOR_REQUIRED' } });
    expect(await register({ distributorId: distributor.partnerId })).toMatchObject({
      body: { code: 'DISTRIBUTOR_NOT_ALLOWED' },
    });
    expect(await register({ type: 'reseller', distributorId: provider.partnerId })).toMatchObject({
      body: { code: 'DISTRIBUTOR_NOT_FOUND' },
    });
    expect(await register({ type: 'reseller', distributorId: distributor.partnerId })).toMatchObject({ status: 201 });
  });

  it('ORG-57: one sign-in identity acts for one partner, and a refused registration leaves nothing', async () => {
    const operator = await anOperator();
    const first = aWish();
    await invoke(registerPartner, { as: operator, body: first });
    const before = await invoke(listPartners, { as: operator, query: { limit: 100 } });
    expect(await invoke(registerPartner, { as: operator, body: { ...first, companyName: 'Other' } })).toMatchObject({
      status: 409,
      body: { code: 'SUBJECT_TAKEN' },
    });
    const after = await invoke(listPartners, { as: operator, query: { limit: 100 } });
    expect(after.body.items).toEqual(before.body.items);
  });

  it('ORG-18: a stranger cannot tell another partner from a missing one; a distributor reads its resellers', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const stranger = await aPartner();
    const read = (as: { subject: string }, partnerId: string) => invoke(getPartner, { as, path: { partnerId } });

    const foreign = await read(stranger, reseller.partnerId);
    const missing = await read(stranger, 'par_nobody');
    expect(foreign.status).toBe(404);
    expect({ ...foreign.body, instance: '' }).toEqual({ ...missing.body, instance: '' });
    expect(await read(distributor, reseller.partnerId)).toMatchObject({ status: 200 });
    expect(await read(reseller, distributor.partnerId)).toMatchObject({ status: 404 });
  });

  it('ORG-173: every bad field is named at once', async () => {
    const operator = await anOperator();
    const body = aWish({
      type: 'wholesaler',
      companyName: '',
      registrationArea: { countryRegion: 'Malaysia' },
      timeZone: 'Mars/Olympus',
    });
    const answer = await invoke(registerPartner, { as: operator, body });
    expect(answer).toMatchObject({
      status: 400,
      headers: { 'content-type': 'application/problem+json' },
      body: { code: 'INPUT_INVALID' },
    });
    expect(answer.body.errors.map((each: { pointer: string }) => each.pointer).sort()).toEqual([
      '/companyName',
      '/registrationArea/countryRegion',
      '/timeZone',
      '/type',
    ]);
  });
});
