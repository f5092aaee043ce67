import { maskName } from '#lib/shared/masking.ts';
import { add, exactText, fixedText, type Money, subtract } from '#lib/shared/money.ts';
import { paymentDecimals } from '../bill.ts';
import { type Figures, sumFigures } from '../breakdown/figures.ts';
import { sumOf, totalOf } from '../breakdown/header.ts';
import type { BlockNode, ProductNode } from '../breakdown/tree.ts';
import { businessTime } from '../business-time.ts';
import type { BillPage } from './bill-page.ts';
import { PAGE_WORDS, type PageLanguage, type PageWords } from './words.ts';

/** A row of a breakdown: what it is of, and its amounts. */
export interface BreakdownRow {
  readonly name: string;
  /** Provider of a product, id of a customer. */
  readonly note?: string;
  readonly kind: 'total' | 'product' | 'block' | 'section';
  readonly amounts: readonly string[];
}

/** The page in words: texts in one language, amounts as they are shown. */
export interface PageContent {
  readonly language: PageLanguage;
  readonly words: PageWords;
  readonly partner: string;
  readonly facts: readonly (readonly [label: string, text: string])[];
  readonly sums: readonly { readonly label: string; readonly amount: string; readonly strong?: boolean }[];
  readonly columns: readonly string[];
  readonly products: readonly BreakdownRow[];
  readonly customers: readonly BreakdownRow[];
  readonly months: BillPage['months'];
  readonly currency: string;
  money(amount: Money): string;
}

export function contentOf(page: BillPage, language: PageLanguage): PageContent {
  const words = PAGE_WORDS[language];
  const { bill } = page;
  const number = numberIn(language);
  // FIN-145: exact; eight decimals in every row, so that points stand below each other
  const exact = (amount: Money): string => number(fixedText(amount, 8));
  return {
    language,
    words,
    partner: bill.terms.partnerName,
    facts: factsOf(page, words),
    sums: sumsOf(page, words, number),
    columns: [words.settlement, words.coupons, words.taxExclusive, words.tax, words.amount],
    products: productRows(page, words, exact),
    customers: customerRows(page, words, exact),
    months: page.months,
    currency: bill.currency,
    money: (amount) => number(fixedText(amount, 2)),
  };
}

/** A decimal text in the way of a language; formatted from the text, so that no digit is lost. */
function numberIn(language: PageLanguage): (text: string) => string {
  const cache = new Map<number, Intl.NumberFormat>();
  return (text) => {
    const digits = text.split('.')[1]?.length ?? 0;
    const known = cache.get(digits);
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    const format = known ?? new Intl.NumberFormat(language, options);
    if (!known) cache.set(digits, format);
    return format.format(text as Intl.StringNumericLiteral).replace('-', '\u2212');
  };
}

function factsOf({ bill }: BillPage, words: PageWords): PageContent['facts'] {
  return [
    [words.cycle, bill.cycle],
    [words.billId, bill.billId],
    [words.issued, dayOf(bill.issuedAt)],
    ...(bill.amountDuePayment > 0n ? [[words.due, dayOf(bill.dueAt)] as const] : []),
    [words.status, words.statuses[bill.debt.status]],
    ...(bill.debt.invoiceNos.length > 0 ? [[words.invoices, bill.debt.invoiceNos.join(', ')] as const] : []),
  ];
}

const dayOf = (time: BillPage['bill']['issuedAt']): string => businessTime(time).slice(0, 10);

function sumsOf({ bill }: BillPage, words: PageWords, number: (text: string) => string): PageContent['sums'] {
  const exact = (label: string, amount: Money) => ({
    label,
    amount: `${number(exactText(amount, 2))} ${bill.currency}`,
  });
  const inPayment = (label: string, amount: Money, strong = false) => ({
    label,
    amount: `${number(exactText(amount, paymentDecimals(bill.paymentCurrency)))} ${bill.paymentCurrency}`,
    strong,
  });
  const converted = bill.paymentCurrency !== bill.currency;
  const rate = `${words.payable}, ${words.rate} ${number(exactText(bill.exchangeRate, 4))}`;
  return [
    exact(words.expenditures, bill.expenditures),
    exact(words.refunds, bill.refunds),
    exact(words.adjustments, bill.adjustments),
    exact(words.coupons, subtract(bill.taxExclusiveDue, add(add(bill.expenditures, bill.refunds), bill.adjustments))),
    exact(words.taxExclusive, bill.taxExclusiveDue),
    ...Object.entries(bill.taxByComponent).map(([code, amount]) => exact(`${words.tax} ${code}`, amount)),
    exact(words.exact, bill.billAmountExact),
    { label: words.amountDue, amount: `${number(fixedText(bill.amountDue, 2))} ${bill.currency}`, strong: true },
    ...(converted && bill.amountDuePayment > 0n ? [inPayment(rate, bill.amountDuePayment, true)] : []),
    ...(bill.credit > 0n ? [inPayment(words.credit, bill.credit, true)] : []),
    ...(bill.debt.paidAmount > 0n ? [inPayment(words.paid, bill.debt.paidAmount)] : []),
    ...(bill.debt.outstanding > 0n ? [inPayment(words.outstanding, bill.debt.outstanding, true)] : []),
  ];
}

type Texts = (amount: Money) => string;

const amountsOf = ({ settlement, couponsUsed, taxExclusiveDue, tax, due }: Figures, exact: Texts): string[] =>
  [settlement, couponsUsed, taxExclusiveDue, tax, due].map(exact);

/** FIN-145 to FIN-149: the total, the platform, then the marketplace. */
function productRows({ header, platform, marketplace }: BillPage, words: PageWords, exact: Texts): BreakdownRow[] {
  const rows: BreakdownRow[] = [{ name: words.total, kind: 'total', amounts: amountsOf(totalOf(header), exact) }];
  rows.push(...sourceRows(platform, sumOf(header.platform), words, exact));
  const market = sumOf(header.marketplace);
  if (market.count === 0) return rows;
  rows.push({ name: words.marketplace, kind: 'section', amounts: amountsOf(market, exact) });
  return [...rows, ...sourceRows(marketplace, market, words, exact)];
}

function sourceRows(products: readonly ProductNode[], total: Figures, words: PageWords, exact: Texts): BreakdownRow[] {
  const rows = products.flatMap((product): BreakdownRow[] => [
    {
      name: product.productName ?? product.productType,
      note: product.serviceProvider,
      kind: 'product',
      amounts: amountsOf(product.figures, exact),
    },
    ...blocksWorthSaying(product).map((block) => ({
      name: blockName(block, words),
      kind: 'block' as const,
      amounts: amountsOf(block.figures, exact),
    })),
  ]);
  const rest = restOf(total, products);
  if (rest.count === 0) return rows;
  return [...rows, { name: words.otherProducts, kind: 'product', amounts: amountsOf(rest, exact) }];
}

/** One block without a region says no more than its product. */
const blocksWorthSaying = ({ blocks }: ProductNode): readonly BlockNode[] =>
  blocks.length === 1 && blocks[0]?.block === 'region-less' ? [] : blocks;

function blockName({ block, region }: BlockNode, words: PageWords): string {
  if (block === 'others') return words.others;
  return block === 'region-less' ? words.regionLess : (region ?? words.regionLess);
}

/** FIN-150: the total row first; whoever gets the page learns no customer's name (FIN-159). */
function customerRows({ header }: BillPage, words: PageWords, exact: Texts): BreakdownRow[] {
  const total = totalOf(header);
  const rest = restOf(total, header.largest);
  return [
    { name: words.total, kind: 'total', amounts: amountsOf(total, exact) },
    ...header.largest.map(({ customerId, accountName, figures }) => ({
      name: accountName === undefined ? customerId : maskName(accountName),
      note: customerId,
      kind: 'product' as const,
      amounts: amountsOf(figures, exact),
    })),
    ...(rest.count > 0
      ? [{ name: words.otherCustomers, kind: 'product' as const, amounts: amountsOf(rest, exact) }]
      : []),
  ];
}

/** What a total holds beyond what is shown one by one. */
function restOf(total: Figures, shown: readonly { readonly figures: Figures }[]): Figures {
  const sum = sumFigures(shown.map(({ figures }) => figures));
  return {
    count: total.count - sum.count,
    expenditure: subtract(total.expenditure, sum.expenditure),
    settlement: subtract(total.settlement, sum.settlement),
    couponsUsed: subtract(total.couponsUsed, sum.couponsUsed),
    taxExclusiveDue: subtract(total.taxExclusiveDue, sum.taxExclusiveDue),
    tax: subtract(total.tax, sum.tax),
    due: subtract(total.due, sum.due),
  };
}
