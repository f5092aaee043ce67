import { beforeEach, expect, it } from 'vitest';
import {
  certificateReviewed,
  certificateUploaded,
  invoiceFailed,
  ticketDecided,
  ticketSubmitted,
} from '#events/invoices.ts';
import { handler as listMessages } from '../../functions/notifications/list-messages.ts';
import { anOperator, aPartner, clock, invoke, useStack } from '../support/index.ts';
import { happens, mailsTo } from './happenings.ts';

useStack();

beforeEach(() => {
  clock.set('2024-10-04T10:00:00+08:00'); // a Friday
});

const at = '2024-10-04T02:00:00.000Z';
const ticket = { ticketId: 'tkt_1', kind: 'return' as const, cycle: '2024-09', invoiceNo: 'CSER24000007' };
const certificate = {
  certificateId: 'wht_1',
  invoiceNo: 'CSER24000007',
  billId: 'bill_1',
  currency: 'USD',
  amount: '10.00',
};

it('FIN-110, FIN-116, FIN-117, FIN-125: operators read what waits for them', async () => {
  const { partnerId } = await aPartner({ companyName: 'Acme Cloud' });
  const operator = await anOperator();
  await happens(invoiceFailed, { invoiceNo: 'CSER24000007', partnerId, cause: 'Error', failedAt: at });
  await happens(ticketSubmitted, { ...ticket, partnerId, submittedAt: at });
  await happens(certificateUploaded, { ...certificate, partnerId, uploadedAt: at });

  const { body } = await invoke(listMessages, { as: operator });
  const titles = body.items.map(({ title }: { title: string }) => title);
  expect(titles).toContain('Invoice CSER24000007 of Acme Cloud could not be made');
  expect(titles).toContain('Acme Cloud: an invoice is given back');
  expect(titles).toContain('Acme Cloud: withholding certificate for CSER24000007');
});

it('FIN-117: the partner reads what became of its ticket', async () => {
  const { partnerId, partner } = await aPartner();
  await happens(ticketDecided, { ...ticket, partnerId, accepted: true, answer: 'Address corrected.', decidedAt: at });
  const [mail] = await mailsTo(partner.contact.email);
  expect(mail?.text).toContain('Invoice: CSER24000007');
  expect(mail?.text).toContain('Answer: Address corrected.');
});

it('FIN-125: the partner reads what became of its certificate', async () => {
  const { partnerId, partner } = await aPartner({ language: 'de' });
  const said = { accepted: false, reason: 'unlesbar', reviewedAt: at };
  await happens(certificateReviewed, { ...certificate, partnerId, ...said });
  const [mail] = await mailsTo(partner.contact.email);
  expect(mail?.subject).toContain('Ihre Quellensteuerbescheinigung zu CSER24000007');
  expect(mail?.text).toContain('Begründung: unlesbar');
});
