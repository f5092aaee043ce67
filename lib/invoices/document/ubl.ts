import { exactText, fixedText, type Money, negate, subtract, ZERO } from '#lib/shared/money.ts';
import { businessDayOf, dayPlus, monthStart, nextMonth } from '#lib/shared/time.ts';
import type { InvoiceLine, InvoiceTax } from '../figures.ts';
import { type Invoice, isWithholding } from '../invoice.ts';
import type { InvoiceContent } from './content.ts';
import { customer, supplier } from './ubl-parties.ts';
import { specificationOf, VAT } from './ubl-profile.ts';
import { fillIn, wordsOf } from './words.ts';
import { toXml, type Xml } from './xml.ts';

const NAMESPACES = {
  'xmlns:cac': 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
  'xmlns:cbc': 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
};
/** The two documents differ in the names of some elements and in their code of UNTDID 1001. */
const INVOICE = {
  root: 'Invoice',
  type: ['cbc:InvoiceTypeCode', '380'],
  line: 'cac:InvoiceLine',
  quantity: 'cbc:InvoicedQuantity',
} as const;
const CREDIT_NOTE = {
  root: 'CreditNote',
  type: ['cbc:CreditNoteTypeCode', '381'],
  line: 'cac:CreditNoteLine',
  quantity: 'cbc:CreditedQuantity',
} as const;
const formOf = ({ cancels }: Invoice): typeof INVOICE | typeof CREDIT_NOTE => (cancels ? CREDIT_NOTE : INVOICE);
const CREDIT_TRANSFER = '30';
const ONE_PIECE = 'C62';

/** UBL 2.1, and EN 16931 where it says so (decision 68); the same figures as on the PDF. */
export function toUbl(content: InvoiceContent): string {
  const { invoice, figures } = content;
  const money = moneyIn(content);
  const { root, type } = formOf(invoice);
  const specification = specificationOf(figures.taxes);
  return toXml([
    root,
    [
      specification === undefined ? undefined : ['cbc:CustomizationID', specification],
      ['cbc:ID', invoice.invoiceNo],
      ['cbc:IssueDate', invoice.issuedOn],
      invoice.dueAt && ['cbc:DueDate', businessDayOf(invoice.dueAt)],
      type,
      ...notes(content),
      ['cbc:DocumentCurrencyCode', invoice.currency],
      ['cbc:BuyerReference', invoice.partnerId],
      invoice.billId === undefined ? undefined : period(invoice),
      preceding(invoice),
      ['cac:AccountingSupplierParty', [supplier(content)]],
      ['cac:AccountingCustomerParty', [customer(content)]],
      invoice.payeeAccount && paymentMeans(invoice),
      ['cac:TaxTotal', [money('cbc:TaxAmount', figures.tax), ...subtotals(content)]],
      [
        'cac:LegalMonetaryTotal',
        [
          money('cbc:LineExtensionAmount', figures.net),
          money('cbc:TaxExclusiveAmount', figures.net),
          money('cbc:TaxInclusiveAmount', figures.total),
          figures.rounding === ZERO ? undefined : money('cbc:PayableRoundingAmount', figures.rounding),
          money('cbc:PayableAmount', figures.payable),
        ],
      ],
      ...figures.lines.map((line, i) => toLine(line, i + 1, content)),
    ],
    { xmlns: `urn:oasis:names:specification:ubl:schema:xsd:${root}-2`, ...NAMESPACES },
  ]);
}

const moneyIn =
  ({ invoice, decimals }: InvoiceContent) =>
  (name: string, amount: Money): Xml => [name, fixedText(amount, decimals), { currencyID: invoice.currency }];

function notes({ invoice, billCurrency, exchangeRate, decimals }: InvoiceContent): Xml[] {
  const words = wordsOf(invoice.language);
  const { currency, withheld, amount } = invoice;
  const said: string[] = [];
  if (billCurrency !== undefined && billCurrency !== currency && exchangeRate !== undefined)
    said.push(fillIn(words.exchange, { from: billCurrency, rate: exactText(exchangeRate, 4), to: currency }));
  if (isWithholding(invoice)) {
    const rest = fixedText(subtract(amount, withheld), decimals);
    said.push(fillIn(words.withheldNote, { withheld: fixedText(withheld, decimals), rest, currency }));
  }
  if (invoice.cancels) said.push(fillIn(words.cancelNote, invoice.cancels));
  return said.length === 0 ? [] : [['cbc:Note', said.join(' ')]];
}

/** The invoice that this one replaces or cancels. */
function preceding({ replaces, cancels }: Invoice): Xml {
  const { invoiceNo, issuedOn } = cancels ?? { invoiceNo: replaces, issuedOn: undefined };
  if (invoiceNo === undefined) return undefined;
  const day: Xml = issuedOn === undefined ? undefined : ['cbc:IssueDate', issuedOn];
  return ['cac:BillingReference', [['cac:InvoiceDocumentReference', [['cbc:ID', invoiceNo], day]]]];
}

const period = ({ cycle }: Invoice): Xml => [
  'cac:InvoicePeriod',
  [
    ['cbc:StartDate', `${cycle}-01`],
    ['cbc:EndDate', dayPlus(businessDayOf(monthStart(nextMonth(cycle))), -1)],
  ],
];

const paymentMeans = ({ invoiceNo, payeeAccount }: Invoice): Xml =>
  payeeAccount && [
    'cac:PaymentMeans',
    [
      ['cbc:PaymentMeansCode', CREDIT_TRANSFER],
      ['cbc:PaymentID', invoiceNo],
      [
        'cac:PayeeFinancialAccount',
        [
          ['cbc:ID', payeeAccount.accountNumber],
          ['cbc:Name', payeeAccount.payee],
          ['cac:FinancialInstitutionBranch', [['cbc:ID', payeeAccount.swiftCode]]],
        ],
      ],
    ],
  ];

/** Of a category per component; none charged is category `O`, not subject to tax. */
function subtotals(content: InvoiceContent): Xml[] {
  const { figures } = content;
  const money = moneyIn(content);
  const subtotal = (tax: InvoiceTax | undefined): Xml => [
    'cac:TaxSubtotal',
    [
      money('cbc:TaxableAmount', figures.net),
      money('cbc:TaxAmount', tax?.amount ?? ZERO),
      ['cac:TaxCategory', category(tax)],
    ],
  ];
  return componentsOf(content).map(subtotal);
}

/** `undefined` stands for the category of what no tax is charged on. */
const componentsOf = ({ figures: { taxes } }: InvoiceContent): readonly (InvoiceTax | undefined)[] =>
  taxes.length === 0 ? [undefined] : taxes;

const category = (tax: InvoiceTax | undefined, ofLine = false): Xml[] =>
  tax === undefined
    ? [
        ['cbc:ID', 'O'],
        ofLine ? undefined : ['cbc:TaxExemptionReason', 'Not subject to tax'],
        ['cac:TaxScheme', [['cbc:ID', VAT]]],
      ]
    : [
        ['cbc:ID', tax.rate === ZERO ? 'Z' : 'S'],
        ['cbc:Percent', exactText((tax.rate * 100n) as Money)],
        ['cac:TaxScheme', [['cbc:ID', tax.code]]],
      ];

/** Taken back is a negative quantity: a price is never below 0. */
function toLine({ net, name, detail }: InvoiceLine, number: number, content: InvoiceContent): Xml {
  const { line, quantity } = formOf(content.invoice);
  const money = moneyIn(content);
  const negative = net < ZERO;
  return [
    line,
    [
      ['cbc:ID', String(number)],
      [quantity, negative ? '-1' : '1', { unitCode: ONE_PIECE }],
      money('cbc:LineExtensionAmount', net),
      [
        'cac:Item',
        [
          detail === undefined ? undefined : ['cbc:Description', detail],
          ['cbc:Name', name],
          ...componentsOf(content).map((tax): Xml => ['cac:ClassifiedTaxCategory', category(tax, true)]),
        ],
      ],
      ['cac:Price', [money('cbc:PriceAmount', negative ? negate(net) : net)]],
    ],
  ];
}
