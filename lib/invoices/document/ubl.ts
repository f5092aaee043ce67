import { exactText, fixedText, type Money, negate, subtract, ZERO } from '#lib/shared/money.ts';
import { businessDayOf, dayPlus, monthStart, nextMonth } from '#lib/shared/time.ts';
import type { InvoiceLine, InvoiceTax } from '../figures.ts';
import { type Invoice, isWithholding } from '../invoice.ts';
import type { InvoiceContent } from './content.ts';
import { fillIn, wordsOf } from './words.ts';
import { toXml, type Xml } from './xml.ts';

const NAMESPACES = {
  xmlns: 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2',
  'xmlns:cac': 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
  'xmlns:cbc': 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
};
const EN_16931 = 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0';
const PEPPOL_PROFILE = 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0';
const COMMERCIAL_INVOICE = '380';
const CREDIT_TRANSFER = '30';
const ONE_PIECE = 'C62';

/** UBL 2.1 with the structure of EN 16931 (Peppol BIS Billing 3); the same figures as on the PDF. */
export function toUbl(content: InvoiceContent): string {
  const { invoice, figures } = content;
  const money = moneyIn(content);
  return toXml([
    'Invoice',
    [
      ['cbc:CustomizationID', EN_16931],
      ['cbc:ProfileID', PEPPOL_PROFILE],
      ['cbc:ID', invoice.invoiceNo],
      ['cbc:IssueDate', invoice.issuedOn],
      invoice.dueAt && ['cbc:DueDate', businessDayOf(invoice.dueAt)],
      ['cbc:InvoiceTypeCode', COMMERCIAL_INVOICE],
      ...notes(content),
      ['cbc:DocumentCurrencyCode', invoice.currency],
      ['cbc:BuyerReference', invoice.partnerId],
      invoice.billId === undefined ? undefined : period(invoice),
      invoice.replaces === undefined
        ? undefined
        : ['cac:BillingReference', [['cac:InvoiceDocumentReference', [['cbc:ID', invoice.replaces]]]]],
      ['cac:AccountingSupplierParty', [supplier(invoice)]],
      ['cac:AccountingCustomerParty', [customer(invoice)]],
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
    NAMESPACES,
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
  return said.length === 0 ? [] : [['cbc:Note', said.join(' ')]];
}

const period = ({ cycle }: Invoice): Xml => [
  'cac:InvoicePeriod',
  [
    ['cbc:StartDate', `${cycle}-01`],
    ['cbc:EndDate', dayPlus(businessDayOf(monthStart(nextMonth(cycle))), -1)],
  ],
];

const supplier = ({ issuer }: Invoice): Xml => [
  'cac:Party',
  [
    endpoint(issuer.email),
    ['cac:PartyName', [['cbc:Name', issuer.legalName]]],
    [
      'cac:PostalAddress',
      [
        ['cbc:StreetName', issuer.address.street],
        ['cbc:CityName', issuer.address.city],
        issuer.address.postalCode === undefined ? undefined : ['cbc:PostalZone', issuer.address.postalCode],
        country(issuer.address.country),
      ],
    ],
    taxScheme(issuer.taxId),
    [
      'cac:PartyLegalEntity',
      [
        ['cbc:RegistrationName', issuer.legalName],
        issuer.registrationNumber === undefined ? undefined : ['cbc:CompanyID', issuer.registrationNumber],
      ],
    ],
  ],
];

const customer = ({ recipient, partnerId, mailTo }: Invoice): Xml => [
  'cac:Party',
  [
    endpoint(mailTo),
    ['cac:PartyIdentification', [['cbc:ID', partnerId]]],
    ['cac:PartyName', [['cbc:Name', recipient.companyName]]],
    [
      'cac:PostalAddress',
      [
        recipient.address === undefined ? undefined : ['cbc:StreetName', recipient.address],
        recipient.state === undefined ? undefined : ['cbc:CountrySubentity', recipient.state],
        country(recipient.country),
      ],
    ],
    recipient.taxId === undefined ? undefined : taxScheme(recipient.taxId),
    ['cac:PartyLegalEntity', [['cbc:RegistrationName', recipient.companyName]]],
  ],
];

/** `EM`: an e-mail address, in the list of electronic address schemes. */
const endpoint = (email: string | undefined): Xml =>
  email === undefined ? undefined : ['cbc:EndpointID', email, { schemeID: 'EM' }];
const country = (code: string): Xml => ['cac:Country', [['cbc:IdentificationCode', code]]];
const taxScheme = (taxId: string): Xml => [
  'cac:PartyTaxScheme',
  [
    ['cbc:CompanyID', taxId],
    ['cac:TaxScheme', [['cbc:ID', 'VAT']]],
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
  return figures.taxes.length === 0 ? [subtotal(undefined)] : figures.taxes.map(subtotal);
}

const category = (tax: InvoiceTax | undefined, ofLine = false): Xml[] =>
  tax === undefined
    ? [
        ['cbc:ID', 'O'],
        ofLine ? undefined : ['cbc:TaxExemptionReason', 'Not subject to tax'],
        ['cac:TaxScheme', [['cbc:ID', 'VAT']]],
      ]
    : [
        ['cbc:ID', tax.rate === ZERO ? 'Z' : 'S'],
        ['cbc:Percent', exactText((tax.rate * 100n) as Money)],
        ['cac:TaxScheme', [['cbc:ID', tax.code]]],
      ];

/** Taken back is a negative quantity: a price is never below 0. */
function toLine(line: InvoiceLine, number: number, content: InvoiceContent): Xml {
  const money = moneyIn(content);
  const negative = line.net < ZERO;
  return [
    'cac:InvoiceLine',
    [
      ['cbc:ID', String(number)],
      ['cbc:InvoicedQuantity', negative ? '-1' : '1', { unitCode: ONE_PIECE }],
      money('cbc:LineExtensionAmount', line.net),
      [
        'cac:Item',
        [
          line.detail === undefined ? undefined : ['cbc:Description', line.detail],
          ['cbc:Name', line.name],
          ['cac:ClassifiedTaxCategory', category(content.figures.taxes[0], true)],
        ],
      ],
      ['cac:Price', [money('cbc:PriceAmount', negative ? negate(line.net) : line.net)]],
    ],
  ];
}
