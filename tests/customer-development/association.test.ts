import { beforeEach, describe, expect, it } from 'vitest';
import { loadLead } from '#lib/customer-development/index.ts';
import { listFreezeRecords } from '#lib/customers/index.ts';
import { aPartner, clock, publishedEvents, type TestPartner, useStack } from '../support/index.ts';
import { accepted, anAccount, anInvited, customerOf, enabled, registered, rowOf } from './association-story.ts';

useStack();

let partner: TestPartner;

beforeEach(async () => {
  clock.set('2024-08-01T09:00:00+08:00');
  partner = await aPartner();
});

describe('an invited customer that registers', () => {
  it('DEV-86, DEV-90, DEV-98, DEV-105: registers, enables services and is associated and frozen in one step', async () => {
    const { token, email, invitationId, leadId } = await anInvited(partner);
    const customer = await registered(token, email);
    expect(await rowOf(invitationId)).toMatchObject({ status: 'registered', customerId: customer.customerId });
    clock.advance({ hours: 1 });

    expect(await enabled(token, customer)).toMatchObject({ state: 'associated', failure: null });

    expect(await customerOf(customer.customerId)).toMatchObject({
      association: {
        partnerId: partner.partnerId,
        type: 'reseller',
        origin: 'email',
        invitationId,
        instructionsVersion: 'V1001',
        instructionsSignedAt: '2024-08-01T01:00:00.000Z',
        since: '2024-08-01T02:00:00.000Z',
      },
      control: { freezeLevel: 'account', freezeCause: 'association-default' },
    });
    expect(await rowOf(invitationId)).toMatchObject({ status: 'associated', associatedAt: clock.now() });
    expect(await loadLead(leadId)).toMatchObject({ status: 'associated', customerId: customer.customerId });
    const { records } = await listFreezeRecords(customer.customerId, { limit: 10 });
    expect(records).toMatchObject([{ action: 'freeze-account', cause: 'association-default' }]);
    const events = await publishedEvents('customer.associated');
    expect(events.filter(({ detail }) => detail.customerId === customer.customerId)).toHaveLength(1);
  });
});

describe('an invited customer with an account', () => {
  it('DEV-88: logs in with it and is associated', async () => {
    const { token, email } = await anInvited(partner);
    const account = await anAccount(email);
    expect(await accepted(token, account)).toMatchObject({ state: 'associated' });
  });
});
