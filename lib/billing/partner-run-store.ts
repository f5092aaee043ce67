import { getItem, type Item, type Key, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney, type Money, storeMoney, ZERO } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Bill, Terms } from './bill.ts';
import type { Frozen } from './frozen.ts';
import type { Cause, PartnerRun, PartnerState } from './run.ts';
import { runKey } from './run-store.ts';
import { toTaxComponents } from './tax-rule-store.ts';
import type { Totals } from './totals.ts';

type PartnerOfRun = Pick<PartnerRun, 'cycle' | 'partnerId'>;

const key = ({ cycle, partnerId }: PartnerOfRun): Key => ({ pk: runKey(cycle), sk: `PARTNER#${partnerId}` });
const stateKey = (cycle: BillingMonth, state: PartnerState): string => `${runKey(cycle)}#${state}`;
const listIndex = { index: 'byList', keys: { pk: 'listKey', sk: 'listSort' } } as const;

/** Gives a partner its place in a run; a partner has one. */
export const expectPartner = ({ cycle, partnerId }: PartnerOfRun): Write => ({
  table: 'billing',
  put: {
    ...key({ cycle, partnerId }),
    cycle,
    partnerId,
    state: 'expected',
    planned: false,
    version: 1,
    listKey: stateKey(cycle, 'expected'),
    listSort: partnerId,
  },
  condition: 'attribute_not_exists(pk)',
});

export async function loadPartnerRun(cycle: BillingMonth, partnerId: string): Promise<PartnerRun | undefined> {
  const item = await getItem('billing', key({ cycle, partnerId }));
  return item && toPartnerRun(item);
}

type Page = { readonly limit: number; readonly startKey?: Record<string, unknown> };

/** Partners of a run by id; of one state only, if one is named. */
export async function listPartnerRuns(
  cycle: BillingMonth,
  state: PartnerState | undefined,
  page: Page,
): Promise<{ runs: PartnerRun[]; nextKey?: Record<string, unknown> }> {
  const query = state
    ? ({ table: 'billing', ...listIndex, pk: stateKey(cycle, state) } as const)
    : ({ table: 'billing', pk: runKey(cycle), sk: { beginsWith: 'PARTNER#' } } as const);
  const answer = await queryPage({ ...query, ...page });
  return { runs: answer.items.map(toPartnerRun), nextKey: answer.nextKey };
}

/** A change of a partner's run under the version that it was decided on. */
function move(before: PartnerRun, state: PartnerState, set: readonly string[], values: Item, add = ''): Write {
  return {
    table: 'billing',
    update: key(before),
    set: `SET ${['#state = :state', 'listKey = :listKey', 'version = :next', ...set].join(', ')}${add}`,
    condition: 'version = :seen',
    names: { '#state': 'state' },
    values: {
      ':state': state,
      ':listKey': stateKey(before.cycle, state),
      ':seen': before.version,
      ':next': before.version + 1,
      ...values,
    },
  };
}

export interface PlanStep {
  readonly plannedTo?: string;
  readonly planned: boolean;
  readonly parts: number;
  readonly frozen: Frozen;
}

/** More customers are closed and have their parts. */
export function addToPlan(before: PartnerRun, step: PlanStep): Write {
  const { frozen } = step;
  const set = ['planned = :planned', ...(step.plannedTo === undefined ? [] : ['plannedTo = :plannedTo'])];
  const add =
    ' ADD parts :parts, frozenCount :count, frozenExpenditure :expenditure, frozenRefund :refund, frozenAdjustment :adjustment';
  const values = {
    ':planned': step.planned,
    ':parts': step.parts,
    ':count': frozen.count,
    ':expenditure': storeMoney(frozen.expenditure),
    ':refund': storeMoney(frozen.refund),
    ':adjustment': storeMoney(frozen.adjustment),
    ...(step.plannedTo === undefined ? {} : { ':plannedTo': step.plannedTo }),
  };
  return move(before, 'generating', set, values, add);
}

export const agreeOn = (before: PartnerRun, terms: Terms): Write =>
  move(before, before.state, ['terms = :terms'], { ':terms': terms });

/** A part is collected: written in the transaction of its last candidates. */
export const countCollected = (run: PartnerOfRun): Write => ({
  table: 'billing',
  update: key(run),
  set: 'ADD partsCollected :one',
  condition: 'attribute_exists(pk)',
  values: { ':one': 1 },
});

/** Coupons have been over all lines; the parts can be settled. */
export const coverPartner = (before: PartnerRun, couponsUsed: Money): Write =>
  move(before, before.state, ['couponsCovered = :covered'], { ':covered': storeMoney(couponsUsed) });

/** A part is finished: written in the transaction of its last lines, so that it is counted once. */
export const countPart = (run: PartnerOfRun, totals: Totals): Write => ({
  table: 'billing',
  update: key(run),
  set: 'ADD partsDone :one, lineCount :count, linesDue :due',
  condition: 'attribute_exists(pk)',
  values: { ':one': 1, ':count': totals.count, ':due': storeMoney(totals.due) },
});

export const endWithBill = (before: PartnerRun, bill: Bill): Write =>
  move(before, 'issued', ['billId = :billId', 'finishedAt = :now'], { ':billId': bill.billId, ':now': bill.issuedAt });

export const endWithoutBill = (before: PartnerRun, now: Instant): Write =>
  move(before, 'nothing-to-bill', ['finishedAt = :now'], { ':now': now });

export const park = (before: PartnerRun, cause: Cause): Write =>
  move(before, 'parked', ['cause = :cause'], { ':cause': cause });

/** Coupons that the voided bill used get back what it took; without any there is nothing more to do. */
export const voidBill = (before: PartnerRun, state: 'voiding' | 'voided'): Write => move(before, state, [], {});

/** FIN-14, FIN-15: the same closed months are billed anew, from the plan on. */
export function billAnew(before: PartnerRun): Write {
  const counters = ['parts', 'partsCollected', 'partsDone', 'lineCount', 'linesDue'];
  const frozen = ['frozenCount', 'frozenExpenditure', 'frozenRefund', 'frozenAdjustment'];
  const set = ['revision = :revision', 'planned = :no', ...[...counters, ...frozen].map((name) => `${name} = :none`)];
  const values = { ':revision': before.revision + 1, ':no': false, ':none': 0 };
  return move(before, 'generating', set, values, ' REMOVE plannedTo, terms, couponsCovered, billId, finishedAt, cause');
}

export const takeUpAgain = (before: PartnerRun): Write => move(before, 'generating', [], {}, ' REMOVE cause');

function toPartnerRun(item: Item): PartnerRun {
  const terms = item.terms as (Item & Terms) | undefined;
  return {
    cycle: item.cycle as BillingMonth,
    partnerId: String(item.partnerId),
    revision: Number(item.revision ?? 1),
    state: item.state as PartnerState,
    plannedTo: item.plannedTo as string | undefined,
    planned: item.planned === true,
    parts: Number(item.parts ?? 0),
    partsDone: Number(item.partsDone ?? 0),
    partsCollected: Number(item.partsCollected ?? 0),
    couponsCovered: item.couponsCovered === undefined ? undefined : loadMoney(item.couponsCovered),
    frozen: {
      count: Number(item.frozenCount ?? 0),
      expenditure: loadMoney(item.frozenExpenditure),
      refund: loadMoney(item.frozenRefund),
      adjustment: loadMoney(item.frozenAdjustment),
    },
    lineCount: Number(item.lineCount ?? 0),
    linesDue: loadMoney(item.linesDue) ?? ZERO,
    terms: terms && toTerms(terms),
    cause: item.cause as Cause | undefined,
    billId: item.billId as string | undefined,
    finishedAt: item.finishedAt as Instant | undefined,
    version: Number(item.version),
  };
}

export const toTerms = (stored: Item & Terms): Terms => ({
  ...stored,
  taxComponents: toTaxComponents(stored.taxComponents),
  ...(stored.withholding
    ? { withholding: stored.withholding.map((term) => ({ ...term, rate: loadMoney(term.rate) })) }
    : {}),
});
