import type { Money } from '#lib/shared/money.ts';
import type { BillingMonth, BusinessDay, Instant } from '#lib/shared/time.ts';
import type { Address, IssuingEntity } from './entity.ts';

export const INVOICE_CONTENTS = ['Monthly bill', 'Top-up'] as const;
export const INVOICE_STATUSES = ['Creating', 'Invoiced', 'Return requested', 'Returned', 'Failed'] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

/** Where to transfer the money to, as it was when the invoice was made out (FIN-79). */
export interface PayeeAccount {
  readonly payee: string;
  readonly address: string;
  readonly bank: string;
  readonly accountNumber: string;
  readonly swiftCode: string;
}

export interface Recipient {
  readonly companyName: string;
  readonly taxId?: string;
  readonly address?: string;
  readonly country: string;
  readonly state?: string;
}

export type Issuer = Pick<
  IssuingEntity,
  'entityId' | 'legalName' | 'taxId' | 'taxIdLabel' | 'registrationNumber' | 'email'
> & { readonly address: Address };

/** Everything about an invoice but its number: a snapshot, so that later changes of either side leave it as it is (FIN-118). */
export interface Draft {
  readonly draftId: string;
  readonly partnerId: string;
  readonly content: (typeof INVOICE_CONTENTS)[number];
  readonly billId?: string;
  readonly cycle: BillingMonth;
  readonly currency: string;
  /** FIN-112. */
  readonly amount: Money;
  readonly dueAt?: Instant;
  /** What a top-up is for, in an operator's words (FIN-177). */
  readonly description?: string;
  readonly issuer: Issuer;
  readonly recipient: Recipient;
  readonly payeeAccount?: PayeeAccount;
  /** Withholding tax contained in the amount, in the invoice's currency (FIN-119, FIN-124). */
  readonly withheld: Money;
  /** Where it is mailed to when its files are there (FIN-115). */
  readonly mailTo?: string;
  readonly language: string;
  /** The returned invoice in whose place it comes (FIN-117). */
  readonly replaces?: string;
  /** The credit note that cancels that one. */
  readonly creditNote?: string;
  /** The invoice that it cancels, if it is a credit note; all the rest is that of the invoice. */
  readonly cancels?: { readonly invoiceNo: string; readonly issuedOn: BusinessDay };
  /** The bill was told of before this was there (FIN-18). */
  readonly billTold?: boolean;
  readonly createdAt: Instant;
}

export interface Invoice extends Draft {
  readonly invoiceNo: string;
  readonly issuedOn: BusinessDay;
  readonly status: InvoiceStatus;
  /** The invoice in its place; on a credit note, in place of what it cancels. */
  readonly replacedBy?: string;
  /** The credit note that cancels it. */
  readonly cancelledBy?: string;
  /** Another invoice has been asked for in its place. */
  readonly reissued?: boolean;
  readonly failure?: string;
  readonly version: number;
}

export const periodOf = (cycle: BillingMonth): string => cycle.replace('-', '');

/** `CSER22000878`: entity, year, running number. */
export const invoiceNoOf = (entityId: string, year: string, number: number): string =>
  `${entityId}${year.slice(2)}${String(number).padStart(6, '0')}`;

export const numbered = (draft: Draft, invoiceNo: string, issuedOn: BusinessDay): Invoice => ({
  ...draft,
  invoiceNo,
  issuedOn,
  status: 'Creating',
  version: 1,
});

/** Both kinds of document have their numbers from the same series. */
export const DOCUMENT_TYPES = ['invoice', 'credit-note'] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

export const documentTypeOf = ({ cancels }: Pick<Draft, 'cancels'>): DocumentType =>
  cancels === undefined ? 'invoice' : 'credit-note';

export const isWithholding = ({ withheld }: Pick<Draft, 'withheld'>): boolean => withheld > 0n;
