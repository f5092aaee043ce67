import type * as z from 'zod';
import { readBudget, toBudgetView } from '#lib/budgets/index.ts';
import { readCustomerCoupons } from '#lib/coupons/index.ts';
import { countUnhandled, seesAlerts } from '#lib/customer-alerts/index.ts';
import { type Association, type Customer, listFreezeRecords } from '#lib/customers/index.ts';
import { loadMonths, publishedThrough, readSummary } from '#lib/expenditures/index.ts';
import type { Actor } from '#lib/shared/actor.ts';
import { maskName } from '#lib/shared/masking.ts';
import { loadStanding } from '#lib/shared/standing.ts';
import { billingMonthOf, type Instant } from '#lib/shared/time.ts';
import {
  type Banners,
  budgetBlock,
  type CouponBlock,
  type CustomerDetail,
  type ExpenditureBlock,
} from './detail-view.ts';
import { monthlyFigures, monthsShown, rankProducts } from './expenditure-figures.ts';
import { between, newLookups } from './lookups.ts';

/** Records of freezes that are read to find the one in force: restrictions of pay-per-use may have been set since. */
const RECENT = 20;

type Blocks = Pick<
  CustomerDetail,
  'accountManagerName' | 'resellerName' | 'banners' | 'budget' | 'coupons' | 'expenditures' | 'churnAlerts'
>;

/** What a detail shows beside the customer's own item (CUS-050). */
export async function readBlocks(
  actor: Actor,
  customer: Customer,
  association: Association,
  now: Instant,
): Promise<Blocks> {
  const partnerId = actor.kind === 'member' ? actor.partnerId : association.partnerId;
  const [people, banners, budget, coupons, expenditures, churnAlerts] = await Promise.all([
    between(customer, partnerId, newLookups()),
    readBanners(customer, association),
    association.type === 'reseller' ? readBudgetBlock(customer, now) : null,
    seesCoupons(actor, association) ? readCoupons(customer, now) : null,
    association.type === 'reseller' ? readExpenditures(actor, customer, association, now) : null,
    seesAlerts(actor) ? readChurnAlerts(customer) : undefined,
  ]);
  const { accountManagerName, resellerName = null } = people;
  const manager = accountManagerName === undefined ? null : maskName(accountManagerName);
  return { accountManagerName: manager, resellerName, banners, budget, coupons, expenditures, churnAlerts };
}

async function readBanners(customer: Customer, { resellerId, since }: Association): Promise<Banners> {
  const [reseller, freeze] = await Promise.all([
    resellerId === undefined ? undefined : loadStanding(resellerId),
    readFreeze(customer, since),
  ]);
  return {
    freeze,
    controlAuthorized: reseller ? reseller.grants.includes('budget-and-freeze') : null,
    actOnBehalfAuthorized: reseller ? reseller.grants.includes('act-on-behalf') : null,
  };
}

/** The last record that set the present level; a later take-over names who answers for it now (CUS-023). */
async function readFreeze({ customerId, control }: Customer, since: Instant): Promise<Banners['freeze']> {
  const { freezeLevel, freezeCause, frozenAt } = control;
  if (freezeLevel === 'none' || !freezeCause || !frozenAt) return null;
  const { records } = await listFreezeRecords(customerId, { since, limit: RECENT });
  const record = records.find(({ action }) => action === 'take-over' || action.startsWith('freeze-'));
  const { partnerId = null, actor = null, reason = null } = record ?? {};
  return { level: freezeLevel, cause: freezeCause, frozenAt, partnerId, actor, reason };
}

/** CUS-050; churn is the only type there is (CUS-208). */
async function readChurnAlerts(customer: Customer): Promise<CustomerDetail['churnAlerts']> {
  return { loss: (await countUnhandled([customer])).get(customer.customerId) ?? 0 };
}

async function readBudgetBlock(customer: Customer, now: Instant): Promise<z.input<typeof budgetBlock>> {
  return budgetBlock.parse(await toBudgetView(await readBudget(customer, now), now));
}

/** FIN-01, ORG-12: coupons are the tier-1 partner's, and shown to who may see them there. */
const seesCoupons = (actor: Actor, { partnerId, type }: Association): boolean =>
  type === 'reseller' &&
  (actor.kind === 'operator' ||
    (actor.kind === 'member' && actor.partnerId === partnerId && actor.permissions.has('coupon.view')));

async function readCoupons(customer: Customer, now: Instant): Promise<CouponBlock> {
  const { customerId: _customerId, ...summary } = await readCustomerCoupons(customer, now);
  return summary;
}

async function readExpenditures(
  actor: Actor,
  { customerId }: Customer,
  { partnerId, since }: Association,
  now: Instant,
): Promise<ExpenditureBlock> {
  const month = billingMonthOf(now);
  // A reseller sees what was spent while the customer was its own; the distributor's earlier months are not.
  const first = actor.kind === 'member' && actor.partnerId !== partnerId ? billingMonthOf(since) : undefined;
  const months = monthsShown(month).filter((each) => first === undefined || each >= first);
  const [counters, summary] = await Promise.all([
    loadMonths(partnerId, customerId, months),
    readSummary(actor, { customerId, cycle: month }, now),
  ]);
  return {
    ...monthlyFigures(counters, month),
    products: {
      publishedThrough: publishedThrough(month, now) ?? null,
      pendingDays: [...summary.pendingDays],
      ranking: rankProducts(summary.rows),
    },
  };
}
