import {
  BILL_CURRENCY,
  type IssuedBill,
  loadBill,
  type NamedBill,
  type ProductNode,
  parseBillId,
  paymentDecimals,
  readProducts,
} from '#lib/billing/index.ts';
import { maskName } from '#lib/shared/masking.ts';
import { subtract, sum } from '#lib/shared/money.ts';
import type { InvoiceContent } from './document/content.ts';
import { wordsOf } from './document/words.ts';
import { type ExactLine, figuresOf, singleLine } from './figures.ts';
import type { Invoice } from './invoice.ts';

const PRODUCTS_A_PAGE = 100;

/** All that the documents show: from the invoice and, for a bill, what the bill's lines come to; neither ever changes. */
export async function contentOf(invoice: Invoice): Promise<InvoiceContent> {
  const decimals = paymentDecimals(invoice.currency);
  if (invoice.billId === undefined) {
    const name = invoice.description ?? wordsOf(invoice.language).topUp;
    return { invoice, figures: singleLine(name, invoice.amount), decimals, customers: [] };
  }
  const named = parseBillId(invoice.billId);
  const bill = named && (await loadBill(named.partnerId, named.cycle, named.revision));
  if (!bill) throw new Error(`no bill ${invoice.billId}`);
  const { lines, header } = await productsOf(named);
  const figures = figuresOf({
    lines,
    taxExclusiveDue: bill.taxExclusiveDue,
    taxComponents: bill.terms.taxComponents,
    taxByComponent: bill.taxByComponent,
    payable: invoice.amount,
    exchangeRate: bill.exchangeRate,
    decimals,
  });
  const shown = { invoice, figures, decimals, billCurrency: BILL_CURRENCY, exchangeRate: bill.exchangeRate };
  return { ...shown, ...sharesOf(bill, header) };
}

type Header = Awaited<ReturnType<typeof readProducts>>['header'];

/** Platform before marketplace, on each the largest first. */
async function productsOf(bill: NamedBill): Promise<{ lines: ExactLine[]; header: Header }> {
  const lines: ExactLine[] = [];
  let header: Header | undefined;
  for (const source of ['platform', 'marketplace'] as const) {
    let startKey: Record<string, unknown> | undefined;
    do {
      const page = await readProducts(bill, { source }, { limit: PRODUCTS_A_PAGE, startKey });
      lines.push(...page.products.map(toLine));
      header = page.header;
      startKey = page.nextKey;
    } while (startKey);
  }
  if (!header) throw new Error('a breakdown has a header');
  return { lines, header };
}

const toLine = ({ productType, productName, serviceProvider, figures }: ProductNode): ExactLine => ({
  name: productName ?? productType,
  detail: serviceProvider ?? undefined,
  couponsUsed: figures.couponsUsed,
  taxExclusiveDue: figures.taxExclusiveDue,
});

/** The largest customers by name and id, the others as one. */
function sharesOf(bill: IssuedBill, { largest, customers: count }: Header) {
  const customers = largest.map(({ customerId, customerName, accountName, figures }) => {
    const name = customerName ?? accountName;
    return { customerId, name: name === undefined ? undefined : maskName(name), net: figures.taxExclusiveDue };
  });
  const rest = count - customers.length;
  const net = subtract(bill.taxExclusiveDue, sum(customers.map((each) => each.net)));
  return { customers, otherCustomers: rest > 0 ? { count: rest, net } : undefined };
}
