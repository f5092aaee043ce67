import { beforeEach, describe, expect, it } from 'vitest';
import { loadLead } from '#lib/customer-development/index.ts';
import { handler as listInvited } from '../../functions/customer-development/list-invited-customers.ts';
import { handler as openInvitation } from '../../functions/customer-development/open-invitation.ts';
import { anAccount, logIn } from '../customer-development/association-story.ts';
import { aLead, invited, inviteLeads, sendAgain, tokensMailedTo } from '../customer-development/inviting.ts';
import { aPartner, clock, drain, invoke, type TestPartner, useStack } from '../support/index.ts';

useStack();

/** The acceptance examples of chapter 04 in which a partner invites. */
let partner: TestPartner;

beforeEach(async () => {
  clock.set('2024-07-31T09:00:00+08:00');
  partner = await aPartner();
});

const open = (token: string) => invoke(openInvitation, { path: { token } });
const row = async () => (await invoke(listInvited, { as: partner })).body.items[0];

/** A lead valid to Aug 15, 09:00, mailed on Aug 1, 09:00:00. */
async function mailedOnFirstOfAugust() {
  const lead = await aLead(partner);
  clock.set('2024-08-01T09:00:00+08:00');
  return { ...lead, ...(await invited(partner, lead)) };
}

describe('example 7: an e-mail sent Aug 1 09:00:00', () => {
  it('DEV-59, DEV-108: works to Aug 8 08:59:59, reads Expired from 09:00:00, and failed once somebody tries', async () => {
    const { token, email } = await mailedOnFirstOfAugust();
    clock.set('2024-08-08T08:59:59+08:00');
    expect(await open(token)).toMatchObject({ status: 200 });
    expect(await row()).toMatchObject({ status: 'invited' });

    clock.set('2024-08-08T09:00:00+08:00');
    expect(await row()).toMatchObject({ status: 'expired', failure: null });
    expect(await logIn(token, await anAccount(email))).toMatchObject({ status: 410, body: { code: 'LINK_EXPIRED' } });
    expect(await row()).toMatchObject({ status: 'association-failed', failure: { code: 'LINK_EXPIRED' } });
  });
});

describe('example 8: that row, resent Aug 9', () => {
  it('DEV-67: has a new link of 7 days; the lead still ends Aug 15 and the old link stays dead', async () => {
    const { token: old, email, leadId, invitationId } = await mailedOnFirstOfAugust();
    const { expiresAt } = (await loadLead(leadId)) ?? {};
    clock.set('2024-08-08T09:00:00+08:00');
    await logIn(old, await anAccount(email));
    clock.set('2024-08-09T09:00:00+08:00');
    expect((await sendAgain(partner, invitationId)).body.results).toMatchObject([{ status: 'done' }]);
    await drain();

    const [, fresh = ''] = await tokensMailedTo(email);
    expect(await row()).toMatchObject({ status: 'invited', expiresAt: '2024-08-16T01:00:00.000Z', failure: null });
    expect(await loadLead(leadId)).toMatchObject({ status: 'pre-registered', expiresAt });
    expect(expiresAt).toBe('2024-08-15T01:00:00.000Z');
    expect(await open(old)).toMatchObject({ status: 410, body: { code: 'LINK_EXPIRED' } });
    clock.set('2024-08-16T08:59:59+08:00');
    expect(await open(fresh)).toMatchObject({ status: 200 });
    expect(await open(old)).toMatchObject({ status: 410 });
  });
});

describe('example 18: a reseller invites with type referral', () => {
  it('DEV-10: is not allowed', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const { leadId, email } = await aLead(reseller);
    expect(await inviteLeads(reseller, [leadId], { associationType: 'referral' })).toMatchObject({
      body: { code: 'ASSOCIATION_TYPE_NOT_ALLOWED' },
    });
    await drain();
    expect(await tokensMailedTo(email)).toEqual([]);
  });
});
