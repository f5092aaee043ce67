import { add, exactText, type Money, subtract, sum } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { inZone } from '#lib/shared/zone.ts';
import type { Alert, Books, CustomerFacts, Facts, LeadFacts, PartnerFacts } from './facts.ts';
import { table } from './table.ts';
import type { UsageFile } from './usage-file.ts';

const totalOf = ({ september, october }: CustomerFacts): Money => add(september, october);

/** What happened, in tables and one check. @returns the text, and whether every sum equals the file's */
export function report(facts: Facts, file: UsageFile): { text: string; exact: boolean } {
  const september = sum(facts.customers.map((each) => each.september));
  const october = sum(facts.customers.map((each) => each.october));
  const differing = facts.customers.filter(
    (each) => totalOf(each) !== (file.listCostOf.get(each.customer.accountId) ?? 0n),
  );
  const balanced = facts.books.every((books) => books.balanced);
  const exact = differing.length === 0 && add(september, october) === file.listCost && balanced;
  const text = [
    'Leads of 31 August 2024',
    leadTable(facts.leads),
    'Customers whose budget met a threshold, and the others in one line per partner',
    customerTable(facts.customers),
    'Bills of September 2024',
    billTable(facts.partners),
    'The books: double entries of all partners',
    booksTable(facts.books),
    'Does it add up? List price in USD, exact',
    checkTable(file.listCost, september, october),
    exact
      ? `  Equal to the last decimal, for each of the ${facts.customers.length} customers too.`
      : `  NOT EQUAL${balanced ? '' : ' (the books are out of balance)'}: ${differing.map(({ customer }) => customer.accountId).join(', ')}`,
  ].join('\n\n');
  return { text, exact };
}

const leadTable = (leads: readonly LeadFacts[]): string =>
  table<LeadFacts>(
    [
      { title: 'Partner', text: ({ partner }) => partner },
      { title: 'Lead', text: ({ lead }) => lead },
      { title: 'What became of it', text: ({ end }) => end },
    ],
    leads,
  );

interface Line {
  readonly partner: string;
  readonly customer: string;
  readonly usage: string;
  readonly budget: string;
  readonly alerts: string;
  readonly freeze: string;
}

function customerTable(customers: readonly CustomerFacts[]): string {
  const lines = [...Map.groupBy(customers, ({ customer }) => customer.partner)].flatMap(([partner, own]) => {
    const [alerted, quiet] = [
      own.filter(({ alerts }) => alerts.length > 0),
      own.filter(({ alerts }) => alerts.length === 0),
    ];
    return [...alerted.map(lineOf), quietLine(partner.companyName, quiet)];
  });
  return table<Line>(
    [
      { title: 'Partner', text: ({ partner }) => partner },
      { title: 'Customer (account)', text: ({ customer }) => customer },
      { title: 'Usage in September', right: true, text: ({ usage }) => usage },
      { title: 'Budget', text: ({ budget }) => budget },
      { title: 'Alerts (GMT+08:00)', text: ({ alerts }) => alerts },
      { title: 'Freeze', text: ({ freeze }) => freeze },
    ],
    lines,
  );
}

const lineOf = (each: CustomerFacts): Line => ({
  partner: each.customer.partner.companyName,
  customer: `${each.customer.accountName} (${each.customer.accountId.slice(0, 20)})`,
  usage: exactText(each.september),
  budget: `${each.budget.type} ${each.budget.amount} ${each.budget.exhaustionMode}`,
  alerts: each.alerts
    .toSorted((a, b) => a.threshold - b.threshold)
    .map(alertText)
    .join(', '),
  freeze: freezeText(each),
});

const quietLine = (partner: string, quiet: readonly CustomerFacts[]): Line => ({
  partner,
  customer: `${quiet.length} others`,
  usage: exactText(sum(quiet.map(({ september }) => september))),
  budget: 'monthly 100.00 manual',
  alerts: 'none',
  freeze: 'none',
});

const alertText = ({ threshold, raisedAt, delivery }: Alert): string =>
  `${threshold}% ${timeText(raisedAt)}${delivery === 'superseded' ? ' (superseded)' : ''}`;

/** The default freeze at the association is everybody's and left out. */
function freezeText({ freezes }: CustomerFacts): string {
  const told = freezes.filter(({ cause }) => cause === 'budget-exhaustion' || cause === 'budget-restored').toReversed();
  return told.length === 0 ? 'none' : told.map(({ cause, at }) => `${cause} ${timeText(at)}`).join(', ');
}

const timeText = (time: string): string => inZone(time as Instant, 'Asia/Singapore').text.slice(5, 16);

function billTable(partners: readonly PartnerFacts[]): string {
  const bill = (of: (bill: NonNullable<PartnerFacts['bill']>) => string) => (each: PartnerFacts) =>
    each.bill ? of(each.bill) : 'no bill';
  return table<PartnerFacts>(
    [
      { title: 'Partner', text: ({ partner }) => partner.companyName },
      { title: 'Bill', text: bill(({ billId }) => billId) },
      { title: 'Expenditures', right: true, text: bill(({ expenditures }) => expenditures) },
      { title: 'Refunds', right: true, text: bill(({ refunds }) => refunds) },
      { title: 'Coupons', right: true, text: bill(({ couponsUsed }) => couponsUsed) },
      { title: 'Tax', right: true, text: bill(({ tax }) => tax) },
      { title: 'Amount due', right: true, text: bill(({ amountDue, currency }) => `${amountDue} ${currency}`) },
      { title: 'Issued', text: bill(({ issuedAt }) => timeText(issuedAt)) },
      { title: 'Due', text: bill(({ dueAt }) => timeText(dueAt)) },
      { title: 'Invoice', text: bill(({ invoiceNos }) => invoiceNos.join(', ') || 'none') },
      { title: 'Status', text: bill(({ status }) => status) },
    ],
    partners,
  );
}

const booksTable = (books: readonly Books[]): string =>
  table<Books>(
    [
      { title: 'Currency', text: ({ currency }) => currency },
      { title: 'Debits', right: true, text: ({ debit }) => debit },
      { title: 'Credits', right: true, text: ({ credit }) => credit },
      { title: '', text: ({ balanced }) => (balanced ? 'balanced' : 'OUT OF BALANCE') },
    ],
    books,
  );

const checkTable = (file: Money, september: Money, october: Money): string =>
  table<[string, Money]>(
    [
      { title: '', text: ([name]) => name },
      { title: 'USD', right: true, text: ([, amount]) => exactText(amount, 11) },
    ],
    [
      ['The file', file],
      ['September cycle', september],
      ['October cycle (ends after 16:00 UTC on 30 September)', october],
      ['Difference', subtract(file, add(september, october))],
    ],
  );
