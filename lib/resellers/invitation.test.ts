import { describe, expect, it } from 'vitest';
import { type Instant, instant } from '#lib/shared/time.ts';
import {
  acceptanceBy,
  ended,
  invitationIdOf,
  newInvitation,
  normaliseEmail,
  type ResellerInvitation,
  requested,
  restricted,
  sentAgain,
  statusAt,
} from './invitation.ts';

const SENT = instant('2024-08-01T09:00:00+08:00');
const LAST = instant('2024-08-08T08:59:59.999+08:00');
const END = instant('2024-08-08T09:00:00+08:00');
const LATER = instant('2024-08-09T12:00:00+08:00');

const fresh = newInvitation({ distributorId: 'par_1', email: ' New@Acme.Example ', sentBy: 'mem_1' }, SENT);
const applicant = (accountId: string) => ({
  accountId,
  accountName: accountId,
  subject: accountId,
  company: {
    companyName: 'Acme',
    countryRegion: 'SG',
    contact: { name: 'Rita', email: 'rita@acme.example' },
    language: 'en',
    timeZone: 'Asia/Singapore',
  },
});
const underWay = requested(fresh, applicant('acc-1'), SENT);
const stopped = restricted(underWay, ['ARREARS']);
const associated: ResellerInvitation = { ...underWay, status: 'associated' };

describe('the address', () => {
  it('DEV-116: is one however it is written, and one row per distributor', () => {
    expect(normaliseEmail('  JOSE\u0301+x@Acme.Example ')).toBe('jos\u00e9+x@acme.example');
    expect(invitationIdOf('par_1', 'NEW@acme.example')).toBe(fresh.invitationId);
    expect(invitationIdOf('par_1', 'new+1@acme.example')).not.toBe(fresh.invitationId);
    expect(invitationIdOf('par_2', 'new@acme.example')).not.toBe(fresh.invitationId);
  });
});

describe('statusAt', () => {
  it.each([
    ['invited', fresh, SENT, 'invited'],
    ['invited', fresh, LAST, 'invited'],
    ['invited', fresh, END, 'expired'],
    ['restricted', stopped, LAST, 'restricted'],
    ['restricted', stopped, END, 'expired'],
    ['in progress', underWay, LATER, 'in-progress'],
    ['associated', associated, LATER, 'associated'],
    ['given up', ended(stopped, 'given-up'), LATER, 'given-up'],
  ] as const)(
    'DEV-117, DEV-07: %s, seen later, ends at the instant or not at all',
    (_label, invitation, now, status) => {
      expect(statusAt(invitation, now)).toBe(status);
    },
  );
});

describe('sentAgain', () => {
  it('DEV-117: a new link for seven days from now in the same row', () => {
    const again = sentAgain(fresh, 'mem_2', LATER);
    expect(again).toMatchObject({
      invitationId: fresh.invitationId,
      createdAt: SENT,
      sentAt: LATER,
      expiresAt: '2024-08-16T04:00:00.000Z',
      sendCount: 2,
      sentBy: 'mem_2',
      status: 'invited',
      version: 2,
    });
  });

  it('DEV-117, ONB-32: an association under way goes on, a restricted or ended one is over', () => {
    expect(sentAgain(underWay, 'mem_1', LAST)).toMatchObject({
      status: 'in-progress',
      application: { accountId: 'acc-1' },
    });
    for (const before of [stopped, ended(stopped, 'expired'), ended(stopped, 'given-up')]) {
      const after = sentAgain(before, 'mem_1', LATER);
      expect(after.status).toBe('invited');
      expect(after.application).toBeUndefined();
      expect(after.restrictionReasons).toBeUndefined();
    }
  });
});

describe('acceptanceBy', () => {
  const CURRENT = { current: true };
  const REPLACED = { current: false };
  it.each<[string, ResellerInvitation, string, { current: boolean }, Instant, ReturnType<typeof acceptanceBy>]>([
    ['a fresh link', fresh, 'acc-1', CURRENT, SENT, 'request'],
    ['the last instant', fresh, 'acc-1', CURRENT, LAST, 'request'],
    ['the end', fresh, 'acc-1', CURRENT, END, 'expired'],
    ['a replaced link', fresh, 'acc-1', REPLACED, SENT, 'expired'],
    ['a repeat', underWay, 'acc-1', CURRENT, LAST, 'already-requested'],
    ['a repeat after the end', underWay, 'acc-1', CURRENT, LATER, 'already-requested'],
    ['another account meanwhile', underWay, 'acc-2', CURRENT, LAST, 'used'],
    ['a retry', stopped, 'acc-1', CURRENT, LAST, 'request'],
    ['a retry at the end', stopped, 'acc-1', CURRENT, END, 'expired'],
    ['a retry by another account', stopped, 'acc-2', CURRENT, LAST, 'used'],
    ['a settled one', associated, 'acc-1', CURRENT, SENT, 'used'],
    ['a settled one by an old link', associated, 'acc-1', REPLACED, SENT, 'used'],
    ['one given up', ended(stopped, 'given-up'), 'acc-1', CURRENT, SENT, 'used'],
    ['one marked as expired', ended(stopped, 'expired'), 'acc-1', CURRENT, LATER, 'expired'],
  ])('DEV-117, DEV-121, ONB-133: %s', (_label, invitation, accountId, link, now, expected) => {
    expect(acceptanceBy(invitation, accountId, link, now)).toBe(expected);
  });
});

it('DEV-121: a retry is another attempt, without the reasons of the one before', () => {
  const again = requested(stopped, applicant('acc-1'), LAST);
  expect(again.application).toMatchObject({ attempt: 2, requestedAt: LAST });
  expect(again.restrictionReasons).toBeUndefined();
});
