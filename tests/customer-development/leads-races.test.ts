import { beforeEach, describe, expect, it } from 'vitest';
import {
  aMember,
  anOperator,
  aPartner,
  type Caller,
  clock,
  crashAtWrite,
  publishedEvents,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import {
  aLead,
  anEmail,
  aPendingLead,
  aReviewable,
  askForReview,
  claimOn,
  decide,
  leadsOf,
  placesOf,
  preregister,
  remove,
  storedStatus,
  sweep,
} from './lead-story.ts';

useStack();

let partner: TestPartner;
let operator: Caller;
beforeEach(async () => {
  clock.set('2024-09-10T10:00:00+08:00');
  [partner, operator] = [await aPartner(), await anOperator()];
});

const codesOf = (answers: readonly { status: number; body: { code?: string } }[]) =>
  answers.map(({ status, body }) => (status < 300 ? 'done' : (body.code ?? ''))).sort();

describe('one address', () => {
  it('DEV-39: of four partners in the same millisecond one gets it, the others are told', async () => {
    const others = await Promise.all([1, 2, 3].map(() => aPartner()));
    const email = anEmail();
    const all = [partner, ...others];
    const typed = [email, email.toUpperCase(), ` ${email} `, email];
    const answers = await Promise.all(all.map((each, i) => preregister(each, { email: typed[i] })));
    expect(codesOf(answers)).toEqual([
      'PREREGISTERED_BY_OTHER',
      'PREREGISTERED_BY_OTHER',
      'PREREGISTERED_BY_OTHER',
      'done',
    ]);
    const stored = (await Promise.all(all.map(({ partnerId }) => leadsOf(partnerId)))).flat();
    expect(stored).toHaveLength(1);
    expect(await claimOn(email)).toMatchObject({ leadId: stored[0]?.leadId });
    const places = await Promise.all(all.map(({ partnerId }) => placesOf(partnerId)));
    expect(places.flat()).toHaveLength(1);
  });

  it('DEV-38: two members of one partner at once make one lead', async () => {
    const email = anEmail();
    const colleague = await aMember({ of: partner });
    const answers = await Promise.all([preregister(partner, { email }), preregister(colleague, { email })]);
    expect(codesOf(answers)).toEqual(['DUPLICATE_PREREGISTRATION', 'done']);
    expect(await placesOf(partner.partnerId)).toHaveLength(1);
  });

  it('DEV-46: a request for review and a pre-registration of another partner at once: one gets the address', async () => {
    const other = await aPartner({ registrationArea: { countryRegion: 'DE' } });
    const email = await aReviewable({ onlineSalesOwned: false, country: 'DE' });
    const answers = await Promise.all([askForReview(partner, { email }), preregister(other, { email })]);
    expect(codesOf(answers)).toEqual(['PREREGISTERED_BY_OTHER', 'done']);
  });

  it('DEV-53: deleting and another partner waiting for the address: never two holders', async () => {
    const { leadId, email } = await aLead(partner);
    const other = await aPartner();
    const [removed, taken] = await Promise.all([remove(partner, leadId), preregister(other, { email })]);
    expect(removed?.body.items).toMatchObject([{ status: 'deleted' }]);
    if (taken?.status !== 201) expect((await preregister(other, { email })).status).toBe(201);
    expect(await claimOn(email)).toMatchObject({ partnerId: other.partnerId });
  });
});

describe('a review', () => {
  it('DEV-48: two decisions at once: the first stands, the other is told', async () => {
    const { leadId } = await aPendingLead(partner);
    const answers = await Promise.all([
      decide(operator, leadId),
      decide(operator, leadId, { decision: 'reject', comment: 'No.' }),
    ]);
    expect(codesOf(answers)).toEqual(['REVIEW_NOT_PENDING', 'done']);
    const events = await publishedEvents('pre-registration.reviewed');
    expect(events.filter(({ detail }) => detail.leadId === leadId)).toHaveLength(1);
  });
});

describe('a crash', () => {
  it.each(['before', 'after'] as const)(
    'DEV-39: %s the commit leaves all or nothing, and the repetition ends it',
    async (when) => {
      const email = anEmail();
      const headers = { 'Idempotency-Key': `crash-${email}` };
      {
        using fault = crashAtWrite(2, when); // the first write claims the idempotency key
        expect((await preregister(partner, { email }, headers)).status).toBe(500);
        expect(fault.struck).toBe(true);
      }
      const held = when === 'after' ? 1 : 0;
      expect(await leadsOf(partner.partnerId)).toHaveLength(held);
      expect(await placesOf(partner.partnerId)).toHaveLength(held);
      expect((await claimOn(email)) !== undefined).toBe(when === 'after');
      const again = await preregister(partner, { email });
      expect(again.status === 201 || again.body.code === 'DUPLICATE_PREREGISTRATION').toBe(true);
      expect(await leadsOf(partner.partnerId)).toHaveLength(1);
    },
  );
});

describe('the sweep', () => {
  const lapse = () => clock.set('2024-09-25T10:00:00+08:00');

  it('DEV-07, DEV-197: early, late, twice and twice at once: the lead expires once', async () => {
    const { leadId, email } = await aLead(partner);
    await sweep('2024-09-25T01:59:59.999Z');
    expect(await storedStatus(leadId)).toBe('pre-registered');
    clock.set('2024-09-28T10:00:00+08:00');
    await Promise.all([sweep(), sweep()]);
    await sweep();
    expect(await storedStatus(leadId)).toBe('expired');
    expect(await claimOn(email)).toBeUndefined();
    expect(await placesOf(partner.partnerId)).toEqual([]);
    const events = await publishedEvents('pre-registration.expired');
    expect(events.filter(({ detail }) => detail.leadId === leadId)).toMatchObject([
      { detail: { partnerId: partner.partnerId, expiredAt: '2024-09-25T02:00:00.000Z' } },
    ]);
  });

  it('DEV-41, DEV-197: a late sweep of the old lead leaves the claim of whoever came after it', async () => {
    const { leadId, email } = await aLead(partner);
    lapse();
    const other = await aPartner();
    const next = await aLead(other, { email });
    await sweep();
    expect(await storedStatus(leadId)).toBe('expired');
    expect(await claimOn(email)).toMatchObject({ partnerId: other.partnerId, leadId: next.leadId });
    expect((await preregister(partner, { email })).body.code).toBe('PREREGISTERED_BY_OTHER');
  });

  it('DEV-43: the same: the old lead of one partner and the new one of the same partner', async () => {
    const { email } = await aLead(partner);
    lapse();
    const next = await aLead(partner, { email });
    await sweep();
    expect(await claimOn(email)).toMatchObject({ leadId: next.leadId });
    expect(await placesOf(partner.partnerId)).toEqual([expect.stringContaining(next.leadId)]);
  });

  it('DEV-197: while a new holder claims the address, the sweep frees nothing of it', async () => {
    const { email } = await aLead(partner);
    lapse();
    const other = await aPartner();
    const [answer] = await Promise.all([preregister(other, { email }), sweep()]);
    expect(answer.status).toBe(201);
    expect(await claimOn(email)).toMatchObject({ leadId: answer.body.leadId });
  });

  it.each([1, 2, 3])('DEV-197: killed at its write %i it is finished by the next run', async (n) => {
    const leads = await Promise.all([aLead(partner), aLead(await aPartner()), aLead(await aPartner())]);
    lapse();
    {
      using fault = crashAtWrite(n, 'before');
      await expect(sweep()).rejects.toThrow();
      expect(fault.struck).toBe(true);
    }
    await sweep();
    for (const { leadId, email } of leads) {
      expect(await storedStatus(leadId)).toBe('expired');
      expect(await claimOn(email)).toBeUndefined();
    }
    const events = await publishedEvents('pre-registration.expired');
    const ids = new Set(leads.map(({ leadId }) => leadId));
    expect(events.filter(({ detail }) => ids.has(String(detail.leadId)))).toHaveLength(3);
  });

  it('DEV-197: a lead deleted in the meantime stays deleted', async () => {
    const { leadId } = await aLead(partner);
    lapse();
    await Promise.all([remove(partner, leadId), sweep()]);
    expect(await storedStatus(leadId)).toBe('deleted');
    expect(await placesOf(partner.partnerId)).toEqual([]);
  });

  it('DEV-47: never touches a lead under review, however long it waits', async () => {
    const { leadId, email } = await aPendingLead(partner);
    clock.set('2025-09-25T10:00:00+08:00');
    await sweep();
    expect(await storedStatus(leadId)).toBe('pending-review');
    expect(await claimOn(email)).toBeDefined();
  });
});
