import { describe, expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import type { InvitationLink } from '../links/link.ts';
import {
  asAssociated,
  asCancelled,
  asExpired,
  asFailed,
  claimBy,
  type Invitation,
  type InvitationStatus,
  invitationAt,
  isRepeat,
  isSendable,
  registerThroughLink,
  searchable,
  sendTo,
} from './invitation.ts';

const SENT = instant('2024-08-01T09:00:00+08:00');
const lead = { leadId: 'lead_1', partnerId: 'par_1', email: 'new@acme.example', customerName: 'Acme' };
const first = sendTo(lead, 'reseller', { memberId: 'mem_1' }, SENT);
const account = { accountId: 'acc_1', accountName: 'acme', customerId: 'cus_1' };
const failure = { code: 'OVERDUE', message: 'unpaid', advice: 'repay' };
const having = (change: Partial<Invitation>): Invitation => ({ ...first, ...change });

describe('the end of a link', () => {
  it.each([
    ['2024-08-08T08:59:59.999+08:00', 'invited'],
    ['2024-08-08T09:00:00+08:00', 'expired'],
    ['2024-08-08T09:00:00.001+08:00', 'expired'],
  ])('DEV-59: at %s an invitation of seven days before is %s', (at, status) => {
    expect(invitationAt(first, instant(at)).status).toBe(status);
  });

  it.each<InvitationStatus>(['registered', 'associated', 'association-failed', 'cancelled', 'expired'])(
    'DEV-91: one that is %s stays so when the seven days are over',
    (status) => {
      expect(invitationAt(having({ status }), instant('2025-01-01T00:00:00Z')).status).toBe(status);
    },
  );

  it('DEV-76: the row of a link has no end', () => {
    const open = having({ expiresAt: undefined });
    expect(invitationAt(open, instant('2034-01-01T00:00:00Z')).status).toBe('invited');
  });
});

describe('a repeat', () => {
  it.each([
    ['2024-08-01T09:00:00+08:00', true],
    ['2024-08-01T09:00:59.999+08:00', true],
    ['2024-08-01T09:01:00+08:00', false],
  ])('DEV-63: at %s the same wish again is a repeat: %s', (at, repeat) => {
    expect(isRepeat(first, 'reseller', instant(at))).toBe(repeat);
  });

  it('DEV-63: another type, or one that failed meanwhile, is another wish', () => {
    expect(isRepeat(first, 'referral', SENT)).toBe(false);
    expect(isRepeat(asFailed(first, failure, SENT), 'reseller', SENT)).toBe(false);
  });
});

describe('a sending', () => {
  it.each<[InvitationStatus, boolean]>([
    ['invited', true],
    ['expired', true],
    ['association-failed', true],
    ['registered', false],
    ['associated', false],
    ['cancelled', false],
  ])('DEV-65: a row that is %s can be sent again: %s', (status, sendable) => {
    expect(isSendable(having({ status }))).toBe(sendable);
  });

  it.each(['general-link', 'custom-link', 'promotional-link'] as const)('DEV-68: a row of a %s never can', (method) => {
    expect(isSendable(having({ method, status: 'association-failed' }))).toBe(false);
  });

  it('DEV-67: again on the same row with seven fresh days, and nothing left of the account before', () => {
    const failed = asFailed(claimBy(first, account, SENT), failure, SENT);
    const again = sendTo(
      lead,
      'referral',
      { memberId: 'mem_2' },
      instant('2024-08-09T12:00:00+08:00'),
      asUndeliveredRow(failed),
    );
    expect(again).toEqual({
      ...first,
      associationType: 'referral',
      sentBy: 'mem_2',
      sentAt: '2024-08-09T04:00:00.000Z',
      expiresAt: '2024-08-16T04:00:00.000Z',
      sendCount: 2,
      version: 4,
    });
  });

  it('DEV-71: an account manager that sends gets the customer, else the one of the lead does', () => {
    const owned = { ...lead, accountManagerId: 'mem_lead' };
    const sender = { memberId: 'mem_1', accountManagerId: 'mem_1' };
    expect(sendTo(owned, 'reseller', sender, SENT).accountManagerId).toBe('mem_1');
    expect(sendTo(owned, 'reseller', { memberId: 'mem_2' }, SENT).accountManagerId).toBe('mem_lead');
    expect(first.accountManagerId).toBeUndefined();
  });

  const asUndeliveredRow = (row: Invitation): Invitation => ({ ...row, deliveryStatus: 'failed' });
});

describe('what becomes of a row', () => {
  const later = instant('2024-08-02T09:00:00+08:00');

  it('DEV-62: claimed by one account, keeping the first time', () => {
    const claimed = claimBy(first, account, later);
    expect(claimed).toEqual({ ...first, ...account, status: 'registered', registeredAt: later, version: 2 });
    expect(claimBy(claimed, account, instant('2024-08-03T09:00:00+08:00')).registeredAt).toBe(later);
  });

  it('DEV-107: a later success overwrites the failure', () => {
    const failed = asFailed(claimBy(first, account, later), failure, later);
    expect(failed).toMatchObject({ status: 'association-failed', failure: { ...failure, at: later } });
    expect(asAssociated(failed, later)).toMatchObject({
      status: 'associated',
      associatedAt: later,
      failure: undefined,
      version: 4,
    });
  });

  it('DEV-53, DEV-197: cancelled and expired rows differ in nothing else', () => {
    expect(asCancelled(first)).toEqual({ ...first, status: 'cancelled', version: 2 });
    expect(asExpired(first)).toEqual({ ...first, status: 'expired', version: 2 });
  });

  it('DEV-70, DEV-71, DEV-191: registered through a link it has a row with tag and manager of the link', () => {
    const link: InvitationLink = {
      linkId: 'lnk_1',
      partnerId: 'par_1',
      ownerMemberId: 'mem_1',
      kind: 'custom',
      associationType: 'referral',
      tagMode: 'customize',
      customTag: 'fair-2024',
      accountManagerId: 'mem_1',
    };
    const row = registerThroughLink(link, account, later);
    expect(row).toMatchObject({
      partnerId: 'par_1',
      linkId: 'lnk_1',
      method: 'custom-link',
      associationType: 'referral',
      customTag: 'fair-2024',
      ...account,
      sentBy: 'mem_1',
      accountManagerId: 'mem_1',
      status: 'registered',
      registeredAt: later,
      sendCount: 0,
    });
    expect(registerThroughLink(link, account, SENT).invitationId).toBe(row.invitationId);
    expect(registerThroughLink(link, { ...account, accountId: 'acc_2' }, SENT).invitationId).not.toBe(row.invitationId);
  });

  it('compares names without regard to case and composition', () => {
    expect(searchable('Cafe\u0301 ÄÖ')).toBe(searchable('CAFÉ äö'));
    expect(searchable(undefined)).toBe('');
  });
});
