import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  manualReviewsDue,
  preRegistrationCreated,
  preRegistrationExpired,
  preRegistrationRefused,
  preRegistrationReviewed,
} from '#events/leads.ts';
import { handler as remindManualReviews } from '../../functions/customer-development/remind-manual-reviews.ts';
import { handler as listMessages } from '../../functions/notifications/list-messages.ts';
import { mailsTo } from '../notifications/happenings.ts';
import {
  aMember,
  anOperator,
  aPartner,
  type Caller,
  clock,
  drain,
  invoke,
  runSchedule,
  type TestMember,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { aLead, aPendingLead, at, decide, sweep } from './lead-story.ts';

useStack();

let partner: TestPartner;
let manager: TestMember;
let operator: Caller;
beforeEach(async () => {
  at('2024-08-01T10:00:00'); // a Thursday, within working hours
  operator = await anOperator();
  partner = await aPartner();
  manager = await aMember({ of: partner, roles: ['account-manager'] });
});

const inbox = async (as: Caller): Promise<{ kind: string; title: string }[]> =>
  (await invoke(listMessages, { as })).body.items;
const kindsOf = async (as: Caller) => (await inbox(as)).map(({ kind }) => kind);

describe('event samples', () => {
  it.each([
    preRegistrationCreated,
    preRegistrationRefused,
    preRegistrationReviewed,
    preRegistrationExpired,
    manualReviewsDue,
  ])('DEV-41, DEV-37, DEV-48, DEV-197, DEV-199: the sample of $name names every field and no other', (definition) => {
    const path = new URL(`../../events/samples/${definition.name}.v${definition.version}.json`, import.meta.url);
    const sample = JSON.parse(readFileSync(path, 'utf8'));
    expect(definition.detail.strict().parse(sample)).toEqual(sample);
    expect(Object.keys(definition.detail.shape).sort()).toEqual(Object.keys(sample).sort());
  });
});

describe('who is told', () => {
  it('DEV-06, DEV-50: Admin and member of a rejected lead, inside and by mail, without a personal field in clear', async () => {
    const admin = await aMember({ of: partner });
    const { leadId, email } = await aPendingLead(manager);
    await decide(operator, leadId, { decision: 'reject', comment: 'We serve them ourselves.' });
    await drain();
    for (const as of [admin, manager]) expect(await kindsOf(as)).toContain('lead-rejected');
    for (const address of [partner.partner.contact.email, manager.email]) {
      const [mail, ...more] = await mailsTo(address);
      expect(more).toEqual([]);
      expect(mail?.subject).toBe('Your lead W****1 was rejected');
      expect(mail?.text).toContain('We serve them ourselves.');
      expect(mail?.text).not.toContain(email);
    }
  });

  it('DEV-06, DEV-48, DEV-49: an approval is told in the language of the partner and says until when', async () => {
    const german = await aPartner({ language: 'de', timeZone: 'Europe/Berlin' });
    at('2024-08-01T17:00:00'); // 11:00 in Berlin
    const { leadId } = await aPendingLead(german);
    await decide(operator, leadId);
    await drain();
    const [mail] = await mailsTo(german.partner.contact.email);
    expect(mail?.subject).toBe('Ihr Lead W****1 ist vorregistriert');
    expect(mail?.text).toContain('2024-08-16 11:00:00');
    expect(mail?.text).toContain('keine Einladung');
  });

  it('DEV-197, DEV-06: an expired lead is told once, however often the sweep runs', async () => {
    await aLead(manager);
    at('2024-08-16T10:00:00'); // a Friday
    await sweep();
    await sweep();
    await drain();
    expect((await kindsOf(manager)).filter((kind) => kind === 'lead-expired')).toHaveLength(1);
    expect((await kindsOf(partner)).filter((kind) => kind === 'lead-expired')).toHaveLength(1);
    expect((await mailsTo(manager.email)).map(({ subject }) => subject)).toEqual(['Your lead W****1 has expired']);
  });

  it('DEV-21, DEV-06: a partner without an e-mail address is told inside the product', async () => {
    const silent = await aPartner({ contact: { name: 'Ada', mobileNumber: '+6591234567' } });
    await aLead(silent);
    at('2024-08-16T10:00:00');
    await sweep();
    await drain();
    expect(await kindsOf(silent)).toContain('lead-expired');
  });

  it('DEV-199: operators find the due reviews in their inbox in the morning', async () => {
    clock.set('2031-06-02T10:00:00+08:00'); // a Monday
    await aPendingLead(manager);
    clock.set('2031-06-04T09:00:00+08:00');
    await runSchedule(remindManualReviews, clock.now());
    await drain();
    const [newest] = await inbox(operator);
    expect(newest).toMatchObject({ kind: 'manual-reviews-due' });
    expect(newest?.title).toContain('1 due today');
    expect(await kindsOf(partner)).not.toContain('manual-reviews-due');
  });
});
