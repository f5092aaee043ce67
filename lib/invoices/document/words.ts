/** What is printed on an invoice beside its figures. */
export interface Words {
  readonly invoice: string;
  readonly number: string;
  readonly date: string;
  readonly period: string;
  readonly due: string;
  readonly replaces: string;
  readonly creditNote: string;
  readonly creditNoteNumber: string;
  readonly creditNoteDate: string;
  readonly cancels: string;
  readonly cancelled: string;
  readonly credited: string;
  readonly cancelNote: string;
  readonly issuer: string;
  readonly billedTo: string;
  readonly registration: string;
  readonly taxId: string;
  readonly partnerId: string;
  readonly bill: string;
  readonly product: string;
  readonly beforeCoupons: string;
  readonly coupons: string;
  readonly net: string;
  readonly netTotal: string;
  readonly notTaxed: string;
  readonly total: string;
  readonly rounding: string;
  readonly payable: string;
  readonly exchange: string;
  readonly withheld: string;
  readonly withheldNote: string;
  readonly transfer: string;
  readonly payee: string;
  readonly bank: string;
  readonly account: string;
  readonly quote: string;
  readonly customers: string;
  readonly customer: string;
  readonly otherCustomers: string;
  readonly topUp: string;
  readonly page: string;
}

const en: Words = {
  invoice: 'Invoice',
  number: 'Invoice number',
  date: 'Invoice date',
  period: 'Billing period',
  due: 'Due date',
  replaces: 'Replaces invoice',
  creditNote: 'Credit note',
  creditNoteNumber: 'Credit note number',
  creditNoteDate: 'Credit note date',
  cancels: 'Cancels invoice',
  cancelled: '{invoiceNo} of {issuedOn}',
  credited: 'Amount credited',
  cancelNote: 'This credit note cancels invoice {invoiceNo} of {issuedOn} in full.',
  issuer: 'Issued by',
  billedTo: 'Billed to',
  registration: 'Registration number',
  taxId: 'Tax ID',
  partnerId: 'Partner ID',
  bill: 'Bill',
  product: 'Product',
  beforeCoupons: 'Before coupons',
  coupons: 'Coupons',
  net: 'Net amount',
  netTotal: 'Total without tax',
  notTaxed: 'No tax is charged under the tax rules that apply to your registration address.',
  total: 'Total with tax',
  rounding: 'Rounding',
  payable: 'Amount due',
  exchange: 'Exchange rate: 1 {from} = {rate} {to}, as of the bill.',
  withheld: 'Withholding tax contained',
  withheldNote:
    'The amount contains withholding tax of {withheld} {currency}. Transfer {rest} {currency}, pay the withheld tax to your tax authority, and hand in its certificate.',
  transfer: 'Transfer to',
  payee: 'Payee',
  bank: 'Bank',
  account: 'Account number',
  quote: 'Please quote the invoice number with the transfer.',
  customers: 'Net amounts by customer, in {currency}, before rounding',
  customer: 'Customer',
  otherCustomers: '{count} other customers',
  topUp: 'Account top-up',
  page: 'Page {page} of {pages}',
};

const de: Words = {
  invoice: 'Rechnung',
  number: 'Rechnungsnummer',
  date: 'Rechnungsdatum',
  period: 'Abrechnungszeitraum',
  due: 'Fällig am',
  replaces: 'Ersetzt Rechnung',
  creditNote: 'Stornorechnung', // a `Gutschrift` is an invoice made out by its recipient
  creditNoteNumber: 'Stornorechnung Nr.',
  creditNoteDate: 'Ausgestellt am',
  cancels: 'Storniert Rechnung',
  cancelled: '{invoiceNo} vom {issuedOn}',
  credited: 'Gutgeschriebener Betrag',
  cancelNote: 'Diese Stornorechnung hebt die Rechnung {invoiceNo} vom {issuedOn} ganz auf.',
  issuer: 'Rechnungssteller',
  billedTo: 'Rechnungsempfänger',
  registration: 'Registernummer',
  taxId: 'Steuernummer',
  partnerId: 'Partner-ID',
  bill: 'Abrechnung',
  product: 'Produkt',
  beforeCoupons: 'Vor Gutscheinen',
  coupons: 'Gutscheine',
  net: 'Nettobetrag',
  netTotal: 'Summe ohne Steuer',
  notTaxed: 'Nach den Steuerregeln Ihrer Registrierungsadresse fällt keine Steuer an.',
  total: 'Summe mit Steuer',
  rounding: 'Rundung',
  payable: 'Zahlbetrag',
  exchange: 'Wechselkurs: 1 {from} = {rate} {to}, wie in der Abrechnung.',
  withheld: 'Enthaltene Quellensteuer',
  withheldNote:
    'Der Betrag enthält Quellensteuer von {withheld} {currency}. Überweisen Sie {rest} {currency}, führen Sie die einbehaltene Steuer an Ihre Steuerbehörde ab und reichen Sie deren Bescheinigung ein.',
  transfer: 'Überweisung an',
  payee: 'Empfänger',
  bank: 'Bank',
  account: 'Kontonummer',
  quote: 'Bitte geben Sie bei der Überweisung die Rechnungsnummer an.',
  customers: 'Nettobeträge nach Kunden in {currency}, vor der Rundung',
  customer: 'Kunde',
  otherCustomers: '{count} weitere Kunden',
  topUp: 'Aufladung des Kontos',
  page: 'Seite {page} von {pages}',
};

/** A partner's language, or English where there is no translation. */
export const languageOf = (language: string): 'de' | 'en' => (language === 'de' ? 'de' : 'en');
export const wordsOf = (language: string): Words => ({ de, en })[languageOf(language)];

export const fillIn = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (_gap, name: string) => String(values[name] ?? ''));
