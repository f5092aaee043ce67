import type { Money } from '#lib/shared/money.ts';
import type { InvoiceFigures } from '../figures.ts';
import type { Invoice } from '../invoice.ts';

/** One customer's share, exact and in the bill's currency. */
export interface CustomerShare {
  readonly customerId: string;
  /** Masked. */
  readonly name?: string;
  readonly net: Money;
}

/** All that the documents of one invoice show; the PDF and the e-invoice are two forms of it. */
export interface InvoiceContent {
  readonly invoice: Invoice;
  readonly figures: InvoiceFigures;
  /** Places of the invoice's currency. */
  readonly decimals: number;
  readonly billCurrency?: string;
  readonly exchangeRate?: Money;
  /** The customers with the largest shares; empty when the invoice is not of a bill. */
  readonly customers: readonly CustomerShare[];
  readonly otherCustomers?: { readonly count: number; readonly net: Money };
}
