import type { PartnerType } from '#lib/shared/standing.ts';
import { inZone } from '#lib/shared/zone.ts';
import { type RowFacts, toFigures } from '../list-view.ts';

interface Column {
  readonly title: string;
  readonly of: (facts: RowFacts) => string | undefined;
}

type Figures = ReturnType<typeof toFigures>;

/** CUS-248. */
export const NOT_APPLICABLE = '--';

const column = (title: string, of: Column['of']): Column => ({ title, of });
const figure = (title: string, name: keyof Figures): Column =>
  column(title, ({ standing }) => toFigures(standing)[name]?.toString());
const yesNo = (value: boolean | undefined): string | undefined =>
  value === undefined ? undefined : value ? 'Yes' : 'No';

const NAMES = [
  column('Customer ID', ({ customer }) => customer.customerId),
  column('Customer Name', ({ customer }) => customer.customerName),
  column('Account Name', ({ customer }) => customer.accountName),
];
const MOBILE = column('Mobile Number', ({ customer }) => customer.mobileNumber);
const EMAIL = column('Email', ({ customer }) => customer.email);
const BUDGET = [
  figure('Monthly Budget', 'monthlyBudget'),
  figure('One-Time Budget', 'oneTimeBudget'),
  figure('Budget Usage', 'budgetUsage'),
  figure('Budget Usage (%)', 'budgetUsagePercent'),
];
const TYPE = column('Association Type', ({ customer }) => customer.association?.type);
/** Times as on the wall clock of GMT+08:00 (CUS-253). */
const SINCE = column('Associated On', ({ customer }) => {
  const since = customer.association?.since;
  return since && inZone(since, '+08:00').text;
});
const FREEZE = column('Freeze Status', ({ customer }) => customer.control.freezeLevel);
const TAG = column('Custom Tag', ({ customer }) => customer.customTag);
const MANAGER = column('Account Manager', ({ between }) => between.accountManagerName);
const ALERTS = column('Alerts to Be Handled', ({ unhandledAlerts }) => unhandledAlerts?.toString());
const GROUP = column('Group', ({ group }) => group?.name);
const MONTH_TO_DATE = figure('Month-to-Date Expenditure', 'monthToDateExpenditure');

/** Columns of CUS-240, CUS-241 and CUS-242, without those whose figures do not exist. */
const OWN = [...NAMES, MOBILE, EMAIL, ...BUDGET, ALERTS, MONTH_TO_DATE, TYPE, SINCE, FREEZE, TAG, MANAGER, GROUP];
const RESELLERS = [
  ...NAMES,
  EMAIL,
  ...BUDGET,
  ALERTS,
  TYPE,
  column('Reseller', ({ between }) => between.resellerName),
  column('Authorize Permissions', ({ between }) => yesNo(between.resellerAuthorized)),
];
const OF_RESELLER = [
  ...NAMES,
  MOBILE,
  EMAIL,
  ...BUDGET,
  MONTH_TO_DATE,
  ALERTS,
  TYPE,
  column('Automatically Frozen', ({ standing }) => yesNo(toFigures(standing).automaticallyFrozen ?? undefined)),
  SINCE,
  FREEZE,
  TAG,
  MANAGER,
  GROUP,
];

const columnsOf = (type: PartnerType, scope: 'own' | 'resellers'): readonly Column[] =>
  type === 'reseller' ? OF_RESELLER : scope === 'own' ? OWN : RESELLERS;

export const titlesOf = (type: PartnerType, scope: 'own' | 'resellers'): string[] =>
  columnsOf(type, scope).map(({ title }) => title);

/** A row in clear, because only an Admin may export (CUS-250); what does not apply is `--` (CUS-248). */
export const cellsOf = (facts: RowFacts, type: PartnerType, scope: 'own' | 'resellers'): string[] =>
  columnsOf(type, scope).map(({ of }) => of(facts) ?? NOT_APPLICABLE);
