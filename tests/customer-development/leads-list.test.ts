import { beforeEach, describe, expect, it } from 'vitest';
import { handler as listLeads } from '../../functions/customer-development/list-leads.ts';
import { handler as revealLeadField } from '../../functions/customer-development/reveal-lead-field.ts';
import {
  type Answer,
  aMember,
  anOperator,
  aPartner,
  type Caller,
  clock,
  crashAtWrite,
  drain,
  invoke,
  publishedEvents,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import {
  aLead,
  anEmail,
  aPendingLead,
  claimOn,
  decide,
  placesOf,
  preregister,
  read,
  remove,
  storedStatus,
} from './lead-story.ts';

useStack();

let partner: TestPartner;
beforeEach(async () => {
  clock.set('2024-09-10T10:00:00+08:00');
  partner = await aPartner();
});

const list = (as: Caller, query: Record<string, string | number> = {}): Promise<Answer> =>
  invoke(listLeads, { as, query });
const idsOf = ({ body }: Answer): string[] => body.items.map(({ leadId }: { leadId: string }) => leadId);

describe('the list of leads', () => {
  it('DEV-42: newest first, days left, expired at the instant without any sweep', async () => {
    const first = await aLead(partner);
    clock.advance({ days: 1 });
    const second = await aLead(partner);
    clock.set('2024-09-25T09:59:59.999+08:00');
    const before = await list(partner);
    expect(before.body.items).toMatchObject([
      { leadId: second.leadId, status: 'pre-registered', daysLeft: 1 },
      { leadId: first.leadId, status: 'pre-registered', daysLeft: 0 },
    ]);
    clock.set('2024-09-25T10:00:00+08:00');
    expect((await list(partner)).body.items).toMatchObject([
      { status: 'pre-registered', daysLeft: 0 },
      { status: 'expired', daysLeft: null },
    ]);
    expect(idsOf(await list(partner, { status: 'expired' }))).toEqual([first.leadId]);
    expect(idsOf(await list(partner, { status: 'pre-registered' }))).toEqual([second.leadId]);
  });

  it('DEV-189, DEV-190: personal fields are masked', async () => {
    await aLead(partner, { mobileNumber: '+6591930003', email: '4097123@qq.example' });
    expect((await list(partner)).body.items).toMatchObject([
      { customerName: 'W****1', email: '4097****@qq.example', mobileNumber: '+65****0003' },
    ]);
  });

  it('DEV-189: filters by name, e-mail in any case, mobile and status; deleted ones only when asked for', async () => {
    const email = anEmail();
    const anna = await aLead(partner, { customerName: 'Anna Müller', email, mobileNumber: '+4915112345678' });
    const bert = await aLead(partner, { customerName: 'Bert Braun' });
    const pending = await aPendingLead(partner, { customerName: 'Cora Conrad' });
    const gone = await aLead(partner, { customerName: 'Dora' });
    await remove(partner, gone.leadId);
    expect(idsOf(await list(partner, { customerName: 'MÜLLER' }))).toEqual([anna.leadId]);
    expect(idsOf(await list(partner, { email: email.toUpperCase() }))).toEqual([anna.leadId]);
    expect(idsOf(await list(partner, { mobileNumber: '+4915112345678' }))).toEqual([anna.leadId]);
    expect(idsOf(await list(partner, { status: 'pending-review' }))).toEqual([pending.leadId]);
    expect(idsOf(await list(partner, { status: 'deleted' }))).toEqual([gone.leadId]);
    expect(idsOf(await list(partner)).sort()).toEqual([anna.leadId, bert.leadId, pending.leadId].sort());
    expect((await list(partner, { status: 'unknown' })).status).toBe(400);
  });

  it('DEV-194: pages by cursor, each lead once, with and without a filter; a foreign cursor is refused', async () => {
    const leads: string[] = [];
    for (let i = 0; i < 5; i += 1) {
      leads.push((await aLead(partner, { customerName: i % 2 === 0 ? 'Even' : 'Odd' })).leadId);
      clock.advance({ seconds: 1 });
    }
    const walk = async (query: Record<string, string>) => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list(partner, { limit: 2, ...query, ...(cursor ? { cursor } : {}) });
        expect(page.body.items.length).toBeLessThanOrEqual(2);
        seen.push(...idsOf(page));
        cursor = page.body.nextCursor;
      } while (cursor);
      return seen;
    };
    expect(await walk({})).toEqual([...leads].reverse());
    expect(await walk({ customerName: 'even' })).toEqual([leads[4], leads[2], leads[0]]);
    const { nextCursor } = (await list(partner, { limit: 2 })).body;
    expect((await list(await aPartner(), { limit: 2, cursor: nextCursor })).body.code).toBe('CURSOR_INVALID');
  });

  it('DEV-01, DEV-02: a manager sees its own, a director its team’s, a member with more roles and the Admin all', async () => {
    const director = await aMember({ of: partner, roles: ['account-director'] });
    const [inside, outside] = [
      await aMember({ of: partner, roles: ['account-manager'], directorId: director.memberId }),
      await aMember({ of: partner, roles: ['account-manager'] }),
    ];
    const both = await aMember({ of: partner, roles: ['account-manager', 'finance-specialist'] });
    const owners = [director, inside, outside, partner];
    const [own, team, other, nobodys] = await Promise.all(owners.map(async (each) => (await aLead(each)).leadId));
    expect(idsOf(await list(inside))).toEqual([team]);
    expect(idsOf(await list(director)).sort()).toEqual([own, team].sort());
    expect(idsOf(await list(both)).sort()).toEqual([own, team, other, nobodys].sort());
    expect(idsOf(await list(partner)).sort()).toEqual([own, team, other, nobodys].sort());

    for (const [as, leadId, status] of [
      [inside, team, 200],
      [inside, other, 404],
      [inside, nobodys, 404],
      [director, other, 404],
      [both, other, 200],
    ] as const) {
      expect((await read(as, String(leadId))).status).toBe(status);
    }
  });
});

describe('one lead', () => {
  it('DEV-05: another partner’s and an unknown one are alike; an operator sees it', async () => {
    const { leadId } = await aLead(partner);
    const [stranger, operator] = [await aPartner(), await anOperator()];
    const [foreign, unknown] = [await read(stranger, leadId), await read(stranger, 'lead_unknown')];
    expect(foreign).toMatchObject({ status: 404, body: { code: 'LEAD_NOT_FOUND' } });
    expect({ ...foreign.body, instance: '' }).toEqual({ ...unknown.body, instance: '' });
    expect((await read(operator, leadId)).body.leadId).toBe(leadId);
  });

  it('DEV-189, DEV-190: a column is revealed with a trace that holds no value; one foreign lead refuses all', async () => {
    const [one, two] = [await aLead(partner), await aLead(partner)];
    const reveal = (as: Caller, leadIds: string[], field = 'email') =>
      invoke(revealLeadField, { as, body: { leadIds, field } });
    const answer = await reveal(partner, [one.leadId, two.leadId, one.leadId]);
    expect(answer.body.items).toEqual([
      { leadId: one.leadId, value: one.email },
      { leadId: two.leadId, value: two.email },
    ]);
    const [trace] = await tracesOf(partner.partnerId, 'reveal-lead-field');
    expect(trace).toMatchObject({ after: { field: 'email', leadIds: [one.leadId, two.leadId] } });
    expect(JSON.stringify(trace)).not.toContain(one.email);

    const foreign = await aLead(await aPartner());
    expect((await reveal(partner, [one.leadId, foreign.leadId])).body.code).toBe('LEAD_NOT_FOUND');
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    expect((await reveal(manager, [one.leadId])).status).toBe(404);
    expect((await reveal(partner, [one.leadId], 'remarks')).status).toBe(400);
    expect((await reveal(partner, [one.leadId], 'mobileNumber')).body.items).toEqual([
      { leadId: one.leadId, value: null },
    ]);
  });
});

describe('deleting', () => {
  it('DEV-53: the address is free at once and the open invitation is cancelled', async () => {
    const { leadId, email } = await aLead(partner, { sendInvitation: true });
    expect((await remove(partner, leadId)).body.items).toEqual([
      { leadId, status: 'deleted', code: null, message: null },
    ]);
    expect(await placesOf(partner.partnerId)).toEqual([]);
    expect((await preregister(await aPartner(), { email })).status).toBe(201);
    const { loadInvitationOfLead } = await import('#lib/customer-development/index.ts');
    expect(await loadInvitationOfLead(leadId)).toMatchObject({ status: 'cancelled' });
  });

  it('DEV-52, DEV-56: a batch with failures inside: each lead by itself, duplicates once', async () => {
    const operator = await anOperator();
    const [valid, pending, rejected, foreign] = [
      await aLead(partner),
      await aPendingLead(partner),
      await aPendingLead(partner),
      await aLead(await aPartner()),
    ];
    await decide(operator, rejected.leadId, { decision: 'reject', comment: 'No.' });
    const ids = [valid, pending, rejected, foreign, valid].map(({ leadId }) => leadId);
    const { body } = await remove(partner, ...ids, 'lead_unknown');
    expect(body.items.map(({ code }: { code: string | null }) => code)).toEqual([
      null,
      'PREREGISTRATION_NOT_DELETABLE',
      null,
      'LEAD_NOT_FOUND',
      'LEAD_NOT_FOUND',
    ]);
    expect(await storedStatus(pending.leadId)).toBe('pending-review');
    expect(await storedStatus(foreign.leadId)).toBe('pre-registered');
    const codes = (await tracesOf(partner.partnerId, 'delete-preregistrations')).map(({ code }) => code);
    expect(codes.filter((code) => code !== undefined)).toHaveLength(3);
  });

  it('DEV-52: an expired lead is deleted without touching the address that somebody else has now', async () => {
    const { leadId, email } = await aLead(partner);
    clock.advance({ days: 15 });
    const other = await aLead(await aPartner(), { email });
    expect((await remove(partner, leadId)).body.items).toMatchObject([{ status: 'deleted' }]);
    expect(await claimOn(email)).toMatchObject({ leadId: other.leadId });
    expect(await placesOf(partner.partnerId)).toEqual([]);
  });

  it('DEV-52: a repetition changes nothing, no lead and more than 100 are refused', async () => {
    const { leadId } = await aLead(partner);
    await remove(partner, leadId);
    expect((await remove(partner, leadId)).body.items).toMatchObject([{ status: 'deleted' }]);
    expect(await tracesOf(partner.partnerId, 'delete-preregistrations')).toHaveLength(1);
    expect((await remove(partner)).status).toBe(400);
    expect((await remove(partner, ...Array.from({ length: 101 }, (_, i) => `lead_${i}`))).status).toBe(400);
  });

  it('DEV-01: an account manager deletes its own leads alone', async () => {
    const [manager, { leadId }] = [await aMember({ of: partner, roles: ['account-manager'] }), await aLead(partner)];
    expect((await remove(manager, leadId)).body.items).toMatchObject([{ code: 'LEAD_NOT_FOUND' }]);
    const own = await aLead(manager);
    expect((await remove(manager, own.leadId)).body.items).toMatchObject([{ status: 'deleted' }]);
  });

  it('DEV-53: killed within a batch, what is done is done, and the repetition does the rest', async () => {
    const leads = [await aLead(partner), await aLead(partner), await aLead(partner)];
    const ids = leads.map(({ leadId }) => leadId);
    {
      using fault = crashAtWrite(2, 'before');
      expect((await remove(partner, ...ids)).status).toBe(500);
      expect(fault.struck).toBe(true);
    }
    expect(await Promise.all(ids.map(storedStatus))).toEqual(['deleted', 'pre-registered', 'pre-registered']);
    expect((await remove(partner, ...ids)).body.items).toHaveLength(3);
    expect(await placesOf(partner.partnerId)).toEqual([]);
    await drain();
    const expired = await publishedEvents('pre-registration.expired');
    expect(expired.filter(({ detail }) => ids.includes(String(detail.leadId)))).toEqual([]);
  });
});
