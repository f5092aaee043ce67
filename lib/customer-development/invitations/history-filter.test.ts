import { describe, expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import { type HistoryFilter, matches, phasesOf } from './history-filter.ts';
import type { Invitation } from './invitation.ts';

const NOW = instant('2024-08-08T09:00:00+08:00');
const row: Invitation = {
  invitationId: 'inv_1',
  partnerId: 'par_1',
  method: 'email',
  associationType: 'reseller',
  customTag: 'Fair-2024',
  email: 'new@acme.example',
  customerName: 'Ácme Trading',
  accountName: 'acme_sg',
  sentBy: 'mem_1',
  createdAt: instant('2024-08-01T09:00:00+08:00'),
  sentAt: instant('2024-08-01T09:00:00+08:00'),
  expiresAt: NOW,
  sendCount: 1,
  status: 'invited',
  version: 1,
};

describe('search fields', () => {
  it.each<[HistoryFilter, boolean]>([
    [{}, true],
    [{ customerName: 'ÁCME' }, true],
    [{ customerName: 'e tra' }, true],
    [{ customerName: 'A\u0301cme' }, true],
    [{ customerName: 'acme' }, false],
    [{ accountName: 'ME_' }, true],
    [{ customTag: 'fair' }, true],
    [{ customTag: 'fair-2025' }, false],
    [{ email: '@ACME.' }, true],
    [{ method: 'email' }, true],
    [{ method: 'general-link' }, false],
    [{ customerName: 'trading', accountName: 'nobody' }, false],
  ])('DEV-191: any part in any case, all of them at once: %j', (filter, found) => {
    expect(matches(row, filter, NOW)).toBe(found);
  });

  it('DEV-191: a row without the field is not found by it', () => {
    expect(matches({ ...row, customTag: undefined }, { customTag: 'a' }, NOW)).toBe(false);
  });

  it('DEV-07: the status looked for is the true one', () => {
    const before = instant('2024-08-08T08:59:59.999+08:00');
    expect(matches(row, { status: 'expired' }, NOW)).toBe(true);
    expect(matches(row, { status: 'invited' }, NOW)).toBe(false);
    expect(matches(row, { status: 'invited' }, before)).toBe(true);
  });
});

describe('sorting by few values', () => {
  it('DEV-215: walks through the values, either way, and through the wanted one alone', () => {
    expect(phasesOf('method', false, {}).map(({ method }) => method)).toEqual([
      'custom-link',
      'email',
      'general-link',
      'promotional-link',
    ]);
    expect(phasesOf('status', true, { email: 'x' })).toEqual([
      { email: 'x', status: 'registered' },
      { email: 'x', status: 'invited' },
      { email: 'x', status: 'expired' },
      { email: 'x', status: 'cancelled' },
      { email: 'x', status: 'association-failed' },
      { email: 'x', status: 'associated' },
    ]);
    expect(phasesOf('status', false, { status: 'invited' })).toEqual([{ status: 'invited' }]);
  });

  it('DEV-215: any other order is one walk', () => {
    expect(phasesOf('email', true, { method: 'email' })).toEqual([{ method: 'email' }]);
  });
});
