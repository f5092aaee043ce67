import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/shared/errors.ts';
import { ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, type BusinessDay, instant } from '#lib/shared/time.ts';
import { INVOICE_STATUSES, type Invoice } from '../invoice.ts';
import { decide, type InvoiceTicket, markReissued, requestReturn } from './ticket.ts';

const now = instant('2024-08-06T10:00:00+08:00');
const invoice = (wish: Partial<Invoice> = {}): Invoice => ({
  draftId: 'drf_1',
  partnerId: 'par_1',
  content: 'Monthly bill',
  cycle: '2024-07' as BillingMonth,
  currency: 'USD',
  amount: ZERO,
  issuer: {
    entityId: 'CSER',
    legalName: 'Vendor',
    taxId: '1',
    taxIdLabel: 'VAT',
    address: { street: 's', city: 'c', country: 'SG' },
  },
  recipient: { companyName: 'Partner', country: 'SG' },
  withheld: ZERO,
  language: 'en',
  createdAt: now,
  invoiceNo: 'CSER24000001',
  issuedOn: '2024-08-05' as BusinessDay,
  status: 'Invoiced',
  version: 1,
  ...wish,
});
const ticket: InvoiceTicket = {
  ticketId: 'tkt_1',
  partnerId: 'par_1',
  kind: 'return',
  cycle: '2024-07' as BillingMonth,
  reason: 'wrong address',
  attachment: { fileKey: 'f', contentType: 'application/pdf', bytes: 1 },
  status: 'open',
  createdAt: now,
  version: 1,
};
const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Refusal ? error.definition.code : String(error);
  }
};

describe('giving an invoice back', () => {
  it.each(INVOICE_STATUSES)('FIN-117: is possible from Invoiced alone, tried from %s', (status) => {
    const expected = { Invoiced: undefined, Returned: 'ALREADY_RETURNED' }[status as string];
    expect(codeOf(() => requestReturn(invoice({ status })))).toBe(
      status === 'Invoiced' ? expected : (expected ?? 'INVOICE_NOT_READY'),
    );
  });

  it('FIN-117: a credit note cannot be given back', () => {
    const cancels = { invoiceNo: 'CSER24000000', issuedOn: '2024-08-05' as BusinessDay };
    expect(codeOf(() => requestReturn(invoice({ cancels })))).toBe('INVOICE_NOT_READY');
  });

  it('FIN-117: allows one other invoice, once, after its credit note', () => {
    const returned = invoice({ status: 'Returned', cancelledBy: 'CSER24000002' });
    expect(codeOf(() => markReissued(invoice()))).toBe('INVOICE_NOT_READY');
    expect(codeOf(() => markReissued(invoice({ status: 'Returned' })))).toBe('INVOICE_NOT_READY');
    expect(codeOf(() => markReissued(markReissued(returned)))).toBe('ALREADY_REISSUED');
  });

  it('FIN-117: a ticket is decided once', () => {
    const accepted = decide(ticket, { accepted: true, answer: 'ok' }, now);
    expect(accepted).toMatchObject({ status: 'accepted', answer: 'ok', decidedAt: now });
    expect(codeOf(() => decide(accepted, { accepted: false, answer: 'no' }, now))).toBe('TICKET_CLOSED');
  });
});
