import type { CustomerControl } from '#lib/customers/index.ts';
import type { PartnerStanding } from '#lib/shared/standing.ts';
import type { ExhaustionMode } from '../budget.ts';
import type { Standing } from '../threshold.ts';

/** What a customer may want to do. `buy` covers starting a pay-per-use service; a change of billing mode names the mode it leaves. */
export const ACTIONS = [
  'buy',
  'renew',
  'modify-specification',
  'change-billing-mode',
  'operate',
  'delete',
  'unsubscribe',
  'rename',
  'view',
] as const;
export type Action = (typeof ACTIONS)[number];

export const BILLING_MODES = ['yearly-monthly', 'pay-per-use', 'reserved-instance', 'savings-plan'] as const;
export type BillingMode = (typeof BILLING_MODES)[number];

/** Columns of CUS-124: budget unset, within, exhausted (manual, automatic), account frozen, account and resources frozen. */
const COLUMNS = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export type Column = (typeof COLUMNS)[number];

export interface MatrixRow {
  readonly rule: string;
  readonly action: Action;
  readonly billingModes: readonly BillingMode[];
  /** One letter per column, Y or N. */
  readonly cells: string;
  /** What it costs: nothing, later as metered, or its price at once. */
  readonly costs: 'nothing' | 'metered' | 'prepaid';
}

/** CUS-125 to CUS-137. */
export const MATRIX: readonly MatrixRow[] = [
  { rule: 'CUS-125', action: 'buy', billingModes: ['yearly-monthly'], cells: 'NYNNNN', costs: 'prepaid' },
  {
    rule: 'CUS-126',
    action: 'buy',
    billingModes: ['reserved-instance', 'savings-plan'],
    cells: 'NYNNNN',
    costs: 'prepaid',
  },
  { rule: 'CUS-127', action: 'buy', billingModes: ['pay-per-use'], cells: 'NYYNNN', costs: 'metered' },
  { rule: 'CUS-128', action: 'renew', billingModes: ['yearly-monthly'], cells: 'NYNNNN', costs: 'prepaid' },
  {
    rule: 'CUS-129',
    action: 'modify-specification',
    billingModes: ['yearly-monthly'],
    cells: 'NYNNNN',
    costs: 'prepaid',
  },
  { rule: 'CUS-130', action: 'modify-specification', billingModes: ['pay-per-use'], cells: 'NYYNNN', costs: 'metered' },
  {
    rule: 'CUS-131',
    action: 'change-billing-mode',
    billingModes: ['yearly-monthly'],
    cells: 'NYYNNN',
    costs: 'metered',
  },
  { rule: 'CUS-132', action: 'change-billing-mode', billingModes: ['pay-per-use'], cells: 'NYNNNN', costs: 'prepaid' },
  {
    rule: 'CUS-133',
    action: 'operate',
    billingModes: ['yearly-monthly', 'pay-per-use'],
    cells: 'YYYYNN',
    costs: 'nothing',
  },
  {
    rule: 'CUS-134',
    action: 'delete',
    billingModes: ['yearly-monthly', 'pay-per-use'],
    cells: 'YYYYNN',
    costs: 'nothing',
  },
  { rule: 'CUS-135', action: 'unsubscribe', billingModes: ['yearly-monthly'], cells: 'YYYYYY', costs: 'nothing' },
  { rule: 'CUS-136', action: 'rename', billingModes: BILLING_MODES, cells: 'YYYYYY', costs: 'nothing' },
  { rule: 'CUS-137', action: 'view', billingModes: BILLING_MODES, cells: 'YYYYYY', costs: 'nothing' },
];

/** Strongest first (CUS-144). */
export const DENIALS = [
  'RESOURCES_FROZEN',
  'ACCOUNT_FROZEN',
  'PARTNER_RESTRICTED',
  'PARTNER_QUOTA_EXCEEDED',
  'BUDGET_NOT_SET',
  'BUDGET_EXHAUSTED',
  'PPU_RESTRICTED',
] as const;
export type Denial = (typeof DENIALS)[number];

export interface ActionFacts {
  readonly control: Pick<CustomerControl, 'freezeLevel' | 'payPerUseRestricted'>;
  /** The partners behind the customer: the tier-1 partner and, where there is one, the reseller. */
  readonly partners: readonly Pick<PartnerStanding, 'status' | 'quotaExceeded'>[];
  /** Before the action (CUS-138). */
  readonly standing: Standing;
  readonly exhaustionMode: ExhaustionMode;
}

/** `undefined`: the table has no such action. */
export const rowOf = (action: Action, billingMode: BillingMode): MatrixRow | undefined =>
  MATRIX.find((row) => row.action === action && row.billingModes.includes(billingMode));

const isAllowed = ({ cells }: MatrixRow, column: Column): boolean => cells[COLUMNS.indexOf(column)] === 'Y';

/** What stands against an action, the strongest cause alone (CUS-124 to CUS-144); `undefined`: nothing does. */
export function denialOf(row: MatrixRow, facts: ActionFacts): Denial | undefined {
  const { control, partners, standing } = facts;
  if (control.freezeLevel === 'account-and-resources' && !isAllowed(row, 'F')) return 'RESOURCES_FROZEN';
  if (control.freezeLevel === 'account' && !isAllowed(row, 'E')) return 'ACCOUNT_FROZEN';
  if (row.costs !== 'nothing' && partners.some(({ status }) => status !== 'active')) return 'PARTNER_RESTRICTED'; // CUS-142
  if (row.costs !== 'nothing' && partners.some(({ quotaExceeded }) => quotaExceeded)) return 'PARTNER_QUOTA_EXCEEDED'; // CUS-141
  if (standing === 'unset' && !isAllowed(row, 'A')) return 'BUDGET_NOT_SET';
  if (standing === 'exhausted' && !isAllowed(row, facts.exhaustionMode === 'manual' ? 'C' : 'D'))
    return 'BUDGET_EXHAUSTED';
  return row.costs === 'metered' && control.payPerUseRestricted ? 'PPU_RESTRICTED' : undefined; // CUS-140
}
