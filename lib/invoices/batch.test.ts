import { expect, it } from 'vitest';
import { ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, type BusinessDay, instant } from '#lib/shared/time.ts';
import { fitting } from './batch.ts';
import type { Draft } from './invoice.ts';

const draft = (cancels?: Draft['cancels']): Draft => ({
  draftId: 'drf_1',
  partnerId: 'par_1',
  content: 'Top-up',
  cycle: '2024-07' as BillingMonth,
  currency: 'USD',
  amount: ZERO,
  issuer: {
    entityId: 'CSER',
    legalName: 'Vendor',
    address: { street: 's', city: 'c', country: 'SG' },
    taxId: '1',
    taxIdLabel: 'VAT',
  },
  recipient: { companyName: 'Partner', country: 'SG' },
  withheld: ZERO,
  language: 'en',
  cancels,
  createdAt: instant('2024-08-05T03:00:00+08:00'),
});
const creditNote = draft({ invoiceNo: 'CSER24000001', issuedOn: '2024-08-05' as BusinessDay });
const many = (count: number, each: Draft): Draft[] => Array.from({ length: count }, () => each);

it('FIN-110: 33 invoices or 24 credit notes fill the hundred places of a transaction', () => {
  expect(fitting(many(33, draft()))).toHaveLength(33);
  expect(fitting(many(34, draft()))).toHaveLength(33);
  expect(fitting(many(24, creditNote))).toHaveLength(24);
  expect(fitting(many(25, creditNote))).toHaveLength(24);
});

it('FIN-110: none overtakes one that did not fit', () => {
  const waiting = [...many(24, creditNote), creditNote, draft()]; // 96 places, then 4, then 3
  expect(fitting(waiting)).toEqual(waiting.slice(0, 24));
});
