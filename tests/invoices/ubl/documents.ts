import type { TaxComponent } from '#lib/billing/index.ts';
import type { InvoiceContent } from '#lib/invoices/document/content.ts';
import { type ExactLine, figuresOf, singleLine } from '#lib/invoices/figures.ts';
import type { Invoice } from '#lib/invoices/invoice.ts';
import { type Money, parseMoney, roundedProduct, sum, ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, type BusinessDay, instant } from '#lib/shared/time.ts';

const money = parseMoney;

/** An invoice with everything that one may have. */
const invoice: Invoice = {
  draftId: 'drf_1',
  invoiceNo: 'CSER24000002',
  partnerId: 'par_1',
  content: 'Monthly bill',
  billId: 'bill_2024-07_par_1',
  cycle: '2024-07' as BillingMonth,
  currency: 'USD',
  amount: ZERO,
  withheld: ZERO,
  dueAt: instant('2024-08-20T23:59:59+08:00'),
  issuedOn: '2024-08-05' as BusinessDay,
  createdAt: instant('2024-08-05T02:10:00+08:00'),
  language: 'en',
  status: 'Creating',
  version: 1,
  mailTo: 'invoices@partner.example',
  payeeAccount: {
    payee: 'Cloud Vendor International Pte. Ltd.',
    address: '15 Marina Boulevard, Singapore',
    bank: 'Bank of Singapore',
    accountNumber: '003-908765-1',
    swiftCode: 'BOSGSGSG',
  },
  issuer: {
    entityId: 'CSER',
    legalName: 'Cloud Vendor International Pte. Ltd.',
    taxId: 'SG-201912345K',
    taxIdLabel: 'GST',
    registrationNumber: '201912345K',
    email: 'billing@cloud-vendor.example',
    address: { street: '15 Marina Boulevard', city: 'Singapore', postalCode: '018982', country: 'SG' },
  },
  recipient: {
    companyName: 'Partner Ltd',
    taxId: 'SG-201954321M',
    address: 'Old Street 1',
    country: 'SG',
    state: 'Central',
  },
};

export interface BillWish {
  readonly lines?: readonly ExactLine[];
  readonly taxComponents?: readonly TaxComponent[];
  /** Units of the payment currency for one of the bill's. */
  readonly exchangeRate?: Money;
  readonly currency?: string;
  readonly decimals?: number;
  readonly of?: Partial<Invoice>;
}

export const tax = (code: string, rate: string): TaxComponent => ({ code, rate: money(rate) });
const line = (name: string, net: string, coupons = '0', detail?: string): ExactLine => ({
  name,
  ...(detail === undefined ? {} : { detail }),
  couponsUsed: money(coupons),
  taxExclusiveDue: money(net),
});

/** What the documents of a bill show, with its tax and its amount due counted as a bill counts them (FIN-36, FIN-41, FIN-47). */
export function billed({
  lines = [line('EVS', '450'), line('CDN', '144')],
  taxComponents = [tax('VAT', '0.09')],
  exchangeRate = money('1'),
  currency = 'USD',
  decimals = 2,
  of = {},
}: BillWish = {}): InvoiceContent {
  const taxExclusiveDue = sum(lines.map((each) => each.taxExclusiveDue));
  const taxes = taxComponents.map(({ code, rate }) => [code, roundedProduct([taxExclusiveDue, rate], 8)] as const);
  const exact = sum([taxExclusiveDue, ...taxes.map(([, amount]) => amount)]);
  const payable = roundedProduct([exact, exchangeRate], decimals);
  const figures = figuresOf({
    lines,
    taxExclusiveDue,
    taxComponents,
    taxByComponent: Object.fromEntries(taxes),
    payable,
    exchangeRate,
    decimals,
  });
  const shown = { figures, decimals, billCurrency: 'USD', exchangeRate, customers: [] };
  return { invoice: { ...invoice, currency, amount: payable, ...of }, ...shown };
}

const toppedUp = (): InvoiceContent => {
  const { billId: _billId, dueAt: _dueAt, ...rest } = invoice;
  const amount = money('500');
  const figures = singleLine('Account top-up', amount);
  return { invoice: { ...rest, content: 'Top-up', amount }, figures, decimals: 2, customers: [] };
};

const bare: Partial<Invoice> = {
  dueAt: undefined,
  mailTo: undefined,
  payeeAccount: undefined,
  issuer: {
    entityId: 'CSER',
    legalName: 'Vendor',
    taxId: 'T-1',
    taxIdLabel: 'GST',
    address: { street: 's', city: 'c', country: 'SG' },
  },
  recipient: { companyName: 'Partner', country: 'SG' },
};
const named = (companyName: string): Partial<Invoice> => ({
  recipient: { ...invoice.recipient, companyName, address: companyName, state: companyName },
});
export const creditNote: Partial<Invoice> = {
  cancels: { invoiceNo: 'CSER24000001', issuedOn: '2024-08-05' as BusinessDay },
  dueAt: undefined,
  payeeAccount: undefined,
};
const several = [tax('CGST', '0.09'), tax('SGST', '0.09')];
const many = Array.from({ length: 250 }, (_, i) => line(`Product ${i}`, '1.00333333', '0.1', 'Provider'));
const adjusted = [line('ECS', '1000'), line('ECS refunded', '-120.55'), line('Discount taken back', '-0.004')];

/** One of each kind of document that goes out. */
export const DOCUMENTS: Readonly<Record<string, InvoiceContent>> = {
  'an invoice': billed(),
  'a credit note': billed({ of: creditNote }),
  'an invoice in place of another': billed({ of: { replaces: 'CSER24000001', creditNote: 'CSER24000002' } }),
  'a credit note whose invoice was issued anew': billed({ of: { ...creditNote, replacedBy: 'CSER24000003' } }),
  'an invoice with nothing that may be left out': billed({ of: bare }),
  'a credit note with nothing that may be left out': billed({ of: { ...bare, ...creditNote } }),
  'an invoice without tax': billed({ taxComponents: [] }),
  'a credit note without tax': billed({ taxComponents: [], of: creditNote }),
  'an invoice with a tax of 0 %': billed({ taxComponents: [tax('VAT', '0')] }),
  'an invoice with several components of tax': billed({ taxComponents: several }),
  'a credit note with several components of tax': billed({ taxComponents: several, of: creditNote }),
  'an invoice with lines of zero': billed({ lines: [line('Free', '0'), line('EVS', '1'), line('Rounds', '0.004')] }),
  'an invoice with GST': billed({ taxComponents: [tax('GST', '0.09')] }),
  'an invoice with coupons': billed({ lines: [line('EVS', '390', '60'), line('VPC', '0', '75.123')] }),
  'an invoice with adjustments': billed({ lines: adjusted }),
  'a credit note with adjustments': billed({ lines: adjusted, of: creditNote }),
  'an invoice that contains withholding tax': billed({ of: { withheld: money('53.46') } }),
  'an invoice in another currency': billed({ currency: 'HKD', exchangeRate: money('7.7523') }),
  'an invoice in a currency without minor unit': billed({
    currency: 'CLP',
    exchangeRate: money('931.5'),
    decimals: 0,
  }),
  'an invoice of many lines': billed({ lines: many }),
  'an invoice for a top-up': toppedUp(),
  'an invoice without an address for documents': billed({ of: { mailTo: undefined } }),
  'an invoice in German': billed({ of: { language: 'de' } }),
  'an invoice in Arabic and Chinese': billed({ of: named('شركة "Müller" 深圳 & <Ltd>\u0007') }),
  'an invoice in Thai, Hebrew, Hindi and emoji': billed({ of: named('บริษัท חברה कंपनी 회사 🚀') }),
};
