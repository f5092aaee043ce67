import { beforeEach, describe, expect, it } from 'vitest';
import { preRegistrationReviewed } from '#events/leads.ts';
import { handler as listHolidays } from '../../functions/customer-development/list-holidays.ts';
import { handler as listManualReviews } from '../../functions/customer-development/list-manual-reviews.ts';
import { handler as remindManualReviews } from '../../functions/customer-development/remind-manual-reviews.ts';
import { handler as setHolidays } from '../../functions/customer-development/set-holidays.ts';
import {
  aMember,
  anOperator,
  aPartner,
  type Caller,
  crashAtWrite,
  drain,
  invoke,
  platformAccount,
  platformOutage,
  publishedEvents,
  runSchedule,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import {
  aLead,
  anAccount,
  anEmail,
  aPendingLead,
  aReviewable,
  askForReview,
  at,
  claimOn,
  decide,
  leadsOf,
  placesOf,
  preregister,
  read,
  remove,
  storedStatus,
} from './lead-story.ts';

useStack();

let partner: TestPartner;
let operator: Caller;
beforeEach(async () => {
  at('2024-08-01T10:00:00'); // a Thursday
  [partner, operator] = [await aPartner(), await anOperator()];
});

describe('asking for a review', () => {
  it('DEV-45, DEV-46: the lead waits, with reasons, justification and due time, and keeps the address from others', async () => {
    const email = await aReviewable({ country: 'DE' });
    const answer = await askForReview(partner, { email });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        status: 'pending-review',
        expiresAt: null,
        daysLeft: null,
        review: {
          reasons: ['COUNTRY_MISMATCH', 'ONLINE_SALES_OWNED'],
          justification: 'We have known them for years.',
          submittedAt: '2024-08-01T02:00:00.000Z',
          dueAt: '2024-08-05T02:00:00.000Z',
          decision: null,
        },
      },
    });
    const reasons = (await preregister(await aPartner(), { email })).body.reasons;
    expect(reasons[0]).toEqual({ code: 'PREREGISTERED_BY_OTHER', class: 'hard' });
    expect((await preregister(partner, { email })).body.code).toBe('DUPLICATE_PREREGISTRATION');
  });

  it('DEV-45: without any reason there is nothing to review', async () => {
    const email = anEmail();
    expect((await askForReview(partner, { email })).body.code).toBe('REVIEW_NOT_NEEDED');
    expect(await claimOn(email)).toBeUndefined();
  });

  it('DEV-45, DEV-37: a hard reason refuses with its code, whatever can be reviewed beside it', async () => {
    const email = await aReviewable({ contracts: ['other'] });
    const { body } = await askForReview(partner, { email });
    expect(body).toMatchObject({ code: 'CONTRACT_SIGNED', reviewOffer: null });
    expect(body.reasons).toHaveLength(2);
    expect(await leadsOf(partner.partnerId)).toEqual([]);
  });

  it.each([
    ['missing', undefined],
    ['blank', '   '],
    ['of 1,001 characters', 'x'.repeat(1_001)],
  ])('DEV-45: a justification that is %s is refused', async (_case, justification) => {
    const email = await aReviewable();
    const { handler } = await import('../../functions/customer-development/request-manual-review.ts');
    const answer = await invoke(handler, { as: partner, body: { customerName: 'Wil', email, justification } });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/justification' }] } });
  });

  it('DEV-22, DEV-21, DEV-218: what refuses a pre-registration refuses a request for review', async () => {
    const [distributor, mute] = [await aPartner({ type: 'distributor' }), await aPartner({ contact: { name: 'Ada' } })];
    expect((await askForReview(distributor)).body.code).toBe('CUSTOMER_DEVELOPMENT_DISABLED');
    expect((await askForReview(mute)).body.code).toBe('PARTNER_CONTACT_MISSING');
    expect((await askForReview(partner, { associationType: 'referral' })).body.code).toBe(
      'ASSOCIATION_TYPE_NOT_ALLOWED',
    );
  });
});

describe('deciding', () => {
  it('DEV-48, DEV-49: an approval starts the 15 days, stores the waivers and sends no invitation', async () => {
    const { leadId, email } = await aPendingLead(partner);
    at('2024-08-05T09:00:00');
    const answer = await decide(operator, leadId);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        status: 'pre-registered',
        expiresAt: '2024-08-20T01:00:00.000Z',
        daysLeft: 14,
        waivers: ['ONLINE_SALES_OWNED'],
        review: { decision: 'approve', decidedAt: '2024-08-05T01:00:00.000Z' },
      },
    });
    expect(await placesOf(partner.partnerId)).toEqual([`2024-08-20T01:00:00.000Z#${leadId}`]);
    await drain();
    const invitations = await publishedEvents('invitation.sent');
    expect(invitations.filter(({ detail }) => detail.leadId === leadId)).toEqual([]);

    at('2024-08-20T08:59:59');
    const other = await aPartner();
    const hard = (await preregister(other, { email })).body.reasons;
    expect(hard[0].code).toBe('PREREGISTERED_BY_OTHER');
    at('2024-08-20T09:00:00'); // the claim ends with the lead, not with the review
    const codes = (await preregister(other, { email })).body.reasons.map(({ code }: { code: string }) => code);
    expect(codes).not.toContain('PREREGISTERED_BY_OTHER');
  });

  it('DEV-50: a rejection stores its comment, frees address and place, and is told', async () => {
    const { leadId, email } = await aPendingLead(partner);
    const answer = await decide(operator, leadId, { decision: 'reject', comment: 'Ours.' });
    expect(answer.body).toMatchObject({ status: 'review-rejected', review: { decision: 'reject', comment: 'Ours.' } });
    expect(await claimOn(email)).toBeUndefined();
    expect(await placesOf(partner.partnerId)).toEqual([]);
    await drain();
    const event = (await publishedEvents('pre-registration.reviewed')).find(({ detail }) => detail.leadId === leadId);
    expect(preRegistrationReviewed.detail.parse(event?.detail)).toMatchObject({ decision: 'reject', comment: 'Ours.' });
  });

  it('DEV-50: a rejection without a comment is refused and leaves the lead pending', async () => {
    const { leadId } = await aPendingLead(partner);
    expect(await decide(operator, leadId, { decision: 'reject' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/comment' }] },
    });
    expect(await storedStatus(leadId)).toBe('pending-review');
  });

  it('DEV-48: a contract signed since refuses the approval with its code and leaves the lead pending', async () => {
    const email = anEmail();
    const accountId = await anAccount(email, { onlineSalesOwned: true });
    const { leadId } = (await askForReview(partner, { email })).body;
    await platformAccount(accountId, { email, onlineSalesOwned: true, contracts: ['direct-offline'] });
    expect((await decide(operator, leadId)).body.code).toBe('CONTRACT_SIGNED');
    expect(await storedStatus(leadId)).toBe('pending-review');
    expect(await claimOn(email)).toBeDefined();
    expect((await decide(operator, leadId, { decision: 'reject', comment: 'Contract.' })).status).toBe(200);
  });

  it('DEV-48: with the platform down nothing is approved', async () => {
    const { leadId } = await aPendingLead(partner);
    await platformOutage(true);
    const answer = await decide(operator, leadId);
    await platformOutage(false);
    expect(answer.body.code).toBe('PLATFORM_UNAVAILABLE');
    expect(await storedStatus(leadId)).toBe('pending-review');
  });

  it('DEV-48: a lead that expired, was deleted or never asked is not decided any more', async () => {
    const expired = await aPendingLead(partner);
    await decide(operator, expired.leadId);
    at('2024-09-05T10:00:00');
    expect((await decide(operator, expired.leadId)).body.code).toBe('REVIEW_NOT_PENDING');

    const deleted = await aPendingLead(partner);
    await decide(operator, deleted.leadId, { decision: 'reject', comment: 'No.' });
    await remove(partner, deleted.leadId);
    expect((await decide(operator, deleted.leadId)).body.code).toBe('REVIEW_NOT_PENDING');

    const plain = await aLead(partner);
    expect((await decide(operator, plain.leadId)).body.code).toBe('REVIEW_NOT_PENDING');
    expect((await decide(operator, 'lead_unknown')).status).toBe(404);
  });

  it('DEV-51: of a review that goes on its partner sees the status alone, of a decided one not who decided', async () => {
    const { leadId } = await aPendingLead(partner);
    const waiting = (await read(partner, leadId)).body;
    expect(waiting).toMatchObject({ status: 'pending-review', review: { decision: null, decidedAt: null } });
    await decide(operator, leadId);
    const { body } = await read(partner, leadId);
    expect(body).toMatchObject({ status: 'pre-registered', review: { decision: 'approve' } });
    expect(Object.keys(body.review).sort()).toEqual(Object.keys(waiting.review).sort());
    expect(Object.keys(body.review)).not.toContain('decidedBy');
  });

  it('DEV-05: only an operator decides and lists', async () => {
    const { leadId } = await aPendingLead(partner);
    expect((await decide(partner, leadId)).status).toBe(403);
    expect((await invoke(listManualReviews, { as: partner })).status).toBe(403);
  });

  it('DEV-48: a crash before the commit leaves the lead pending, one after it the decision', async () => {
    const [first, second] = [await aPendingLead(partner), await aPendingLead(partner)];
    for (const [lead, when, status] of [
      [first, 'before', 'pending-review'],
      [second, 'after', 'pre-registered'],
    ] as const) {
      using fault = crashAtWrite(1, when);
      expect((await decide(operator, lead.leadId)).status).toBe(500);
      expect(fault.struck).toBe(true);
      expect(await storedStatus(lead.leadId)).toBe(status);
    }
    expect((await decide(operator, first.leadId)).status).toBe(200);
    expect(await placesOf(partner.partnerId)).toHaveLength(2);
  });

  it('DEV-04: request and decision leave traces of who did it', async () => {
    const member = await aMember({ of: partner, roles: ['account-manager'] });
    const { leadId } = await aPendingLead(member);
    await decide(operator, leadId);
    const [asked] = await tracesOf(partner.partnerId, 'request-manual-review');
    expect(asked).toMatchObject({ actorId: member.memberId, after: { leadId, status: 'pending-review' } });
    const [decided] = await tracesOf(partner.partnerId, 'review-preregistration');
    expect(decided).toMatchObject({ before: { status: 'pending-review' }, after: { status: 'pre-registered' } });
  });
});

describe('due reviews', () => {
  const listed = async (leadId: string) => {
    const { body } = await invoke(listManualReviews, { as: operator, query: { limit: 100 } });
    return body.items.find((item: { leadId: string }) => item.leadId === leadId);
  };

  it('DEV-47: flags what is due today and what is overdue, and never decides by itself', async () => {
    const { leadId } = await aPendingLead(partner);
    expect(await listed(leadId)).toMatchObject({ due: 'later', partnerId: partner.partnerId });
    at('2024-08-05T00:00:00');
    expect(await listed(leadId)).toMatchObject({ due: 'today' });
    at('2024-08-05T10:00:00');
    expect(await listed(leadId)).toMatchObject({ due: 'overdue', status: 'pending-review' });
    await decide(operator, leadId);
    expect(await listed(leadId)).toBeUndefined();
  });

  it('DEV-199: at 09:00 operators hear how many are due today or overdue, once a day', async () => {
    at('2031-03-03T10:00:00'); // a Monday of its own
    for (let i = 0; i < 2; i += 1) await aPendingLead(partner);
    at('2031-03-04T08:00:00');
    await aPendingLead(partner); // due on Thursday
    const remind = (time: string) => runSchedule(remindManualReviews, time);
    const told = async () =>
      (await publishedEvents('manual-reviews.due'))
        .map(({ detail }) => detail)
        .filter(({ day }) => String(day) > '2031');
    await remind('2031-03-05T09:00:00+08:00');
    await remind('2031-03-05T09:00:00+08:00');
    await drain();
    expect((await told()).at(-1)).toMatchObject({ day: '2031-03-05', dueToday: 2 });
    const ids = (await publishedEvents('manual-reviews.due')).filter(({ detail }) => detail.day === '2031-03-05');
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
  });
});

describe('holidays', () => {
  it('DEV-196, DEV-47: a day off that operators keep is no working day', async () => {
    const body = { days: ['2029-08-09', '2029-01-01', '2029-08-09'], expectedVersion: 0 };
    const path = { year: '2029' };
    expect(await invoke(setHolidays, { as: operator, path, body })).toMatchObject({
      status: 200,
      body: { year: 2029, days: ['2029-01-01', '2029-08-09'], version: 1 },
    });
    expect((await invoke(listHolidays, { as: operator, path })).body.days).toHaveLength(2);
    at('2029-08-08T15:30:00'); // a Wednesday; Thursday is off
    const { body: lead } = await askForReview(partner, { email: await aReviewable() });
    expect(lead.review.dueAt).toBe('2029-08-13T07:30:00.000Z'); // Monday
  });

  it('DEV-196: another year, no date, a stale version and anybody else are refused', async () => {
    const set = (as: Caller, body: object) => invoke(setHolidays, { as, path: { year: '2028' }, body });
    expect((await set(operator, { days: ['2027-01-01'], expectedVersion: 0 })).body.errors).toMatchObject([
      { pointer: '/days/0' },
    ]);
    expect((await set(operator, { days: ['2028-02-30'], expectedVersion: 0 })).status).toBe(400);
    expect((await set(partner, { days: [], expectedVersion: 0 })).status).toBe(403);
    expect((await set(operator, { days: [], expectedVersion: 0 })).status).toBe(200);
    expect((await set(operator, { days: [], expectedVersion: 0 })).body.code).toBe('VERSION_CONFLICT');
  });
});
