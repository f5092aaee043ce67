import { describe, expect, it } from 'vitest';
import { instant, plus } from '#lib/shared/time.ts';
import {
  approveReview,
  daysLeft,
  isDeletable,
  type Lead,
  leadAt,
  normaliseEmail,
  preregister,
  rejectReview,
  submitForReview,
} from './lead.ts';

const NOW = instant('2024-07-26T14:15:46+08:00');
const END = instant('2024-08-10T14:15:46+08:00');
const wish = { customerName: 'Wil', email: ' NEW@Acme.example ', associationType: 'reseller' } as const;
const origin = { leadId: 'lead_1', partnerId: 'par_1', createdBy: 'mem_1' };
const lead = preregister(wish, origin, NOW);
const review = { reasons: ['ONLINE_SALES_OWNED'], justification: 'Known.', dueAt: END } as const;

describe('validity', () => {
  it('DEV-41: 15 × 24 hours to the second', () => {
    expect(lead).toMatchObject({ status: 'pre-registered', preregisteredAt: NOW, expiresAt: END, waivers: [] });
  });

  it.each([
    [NOW, 'pre-registered'],
    [instant('2024-08-10T14:15:45.999+08:00'), 'pre-registered'],
    [END, 'expired'],
    [plus(END, { days: 400 }), 'expired'],
  ])('DEV-07, DEV-41: at %s the lead is %s', (now, status) => {
    expect(leadAt(lead, now).status).toBe(status);
  });

  it.each(['pending-review', 'review-rejected', 'deleted', 'associated', 'expired'] as const)(
    'DEV-07: a lead that is %s stays so',
    (status) => {
      const other: Lead = { ...lead, status };
      expect(leadAt(other, plus(END, { days: 1 }))).toBe(other);
    },
  );

  it.each([
    ['2024-07-26T14:15:46+08:00', 14],
    ['2024-07-27T14:15:45.999+08:00', 14],
    ['2024-07-27T14:15:46+08:00', 13],
    ['2024-08-09T14:15:45.999+08:00', 1],
    ['2024-08-09T14:15:46+08:00', 0],
    ['2024-08-10T14:15:45.999+08:00', 0],
    ['2024-08-10T14:15:46+08:00', undefined],
  ])('DEV-42: at %s the list reads %s', (now, days) => {
    expect(daysLeft(lead, instant(now))).toBe(days);
  });
});

describe('review', () => {
  const pending = submitForReview(wish, origin, review, NOW);
  const later = plus(NOW, { days: 3 });

  it('DEV-46: a lead under review has no end yet', () => {
    expect(pending).toMatchObject({ status: 'pending-review', review: { submittedAt: NOW } });
    expect(pending.expiresAt).toBeUndefined();
    expect(daysLeft(pending, NOW)).toBeUndefined();
  });

  it('DEV-48: an approval starts the 15 days then and waives what was found', () => {
    const after = approveReview(pending, { ...review, submittedAt: NOW }, { decidedBy: 'ope_1' }, later);
    expect(after).toMatchObject({
      status: 'pre-registered',
      preregisteredAt: later,
      expiresAt: plus(later, { days: 15 }),
      waivers: ['ONLINE_SALES_OWNED'],
      review: { decision: 'approve', decidedAt: later, decidedBy: 'ope_1' },
    });
  });

  it('DEV-50: a rejection keeps its comment and waives nothing', () => {
    const decided = { decidedBy: 'ope_1', comment: 'Ours.' };
    const after = rejectReview(pending, { ...review, submittedAt: NOW }, decided, later);
    expect(after).toMatchObject({ status: 'review-rejected', waivers: [], review: { comment: 'Ours.' } });
  });
});

it.each([
  ['pre-registered', true],
  ['expired', true],
  ['review-rejected', true],
  ['pending-review', false],
  ['associated', false],
  ['deleted', false],
] as const)('DEV-52: a lead that is %s can be deleted: %s', (status, deletable) => {
  expect(isDeletable({ ...lead, status })).toBe(deletable);
});

it.each([
  [' New@Acme.Example\t', 'new@acme.example'],
  ['a+TAG@x.example', 'a+tag@x.example'],
  ['JOSE\u0301@x.example', 'jos\u00e9@x.example'],
  ['ÄRGER@BÜCHER.example', 'ärger@bücher.example'],
])('DEV-25: %s is compared as %s', (typed, same) => {
  expect(normaliseEmail(typed)).toBe(same);
  expect(normaliseEmail(same)).toBe(same);
});
