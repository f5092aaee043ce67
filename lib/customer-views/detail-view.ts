import * as z from 'zod';
import { budgetView } from '#lib/budgets/index.ts';
import { customerView } from '#lib/customers/index.ts';

const amount = z.string().meta({ description: 'List price, 8 decimals' });

const freezeBanner = z.object({
  level: z.enum(['account', 'account-and-resources']),
  cause: z.enum(['association-default', 'manual', 'budget-exhaustion']),
  frozenAt: z.string(),
  partnerId: z.string().nullable().meta({ description: 'The partner that froze' }),
  actor: z.string().nullable().meta({ description: 'The member that froze, or `system`' }),
  reason: z.string().nullable(),
});

/** CUS-053: both are null without a reseller between distributor and customer. */
const banners = z.object({
  freeze: freezeBanner.nullable().meta({ description: 'Who froze what; null while not frozen' }),
  controlAuthorized: z.boolean().nullable().meta({ description: 'May the reseller set budgets and freeze?' }),
  actOnBehalfAuthorized: z
    .boolean()
    .nullable()
    .meta({ description: 'May the reseller act on behalf of the customer?' }),
});

const budgetBlock = budgetView.pick({
  type: true,
  amount: true,
  currency: true,
  exhaustionMode: true,
  automaticallyFrozen: true,
  typeSince: true,
  standing: true,
  currentEstimate: true,
  totalExpenditure: true,
  budgetUsagePercent: true,
  usageCompleteThrough: true,
  asOf: true,
  version: true,
});

const expenditureBlock = z.object({
  monthToDate: amount,
  lastMonth: amount,
  changePercent: z
    .string()
    .nullable()
    .meta({ description: 'Month to date against the whole last month, 2 decimals cut; null when that was 0' }),
  months: z
    .array(z.object({ month: z.string(), listPrice: amount }))
    .meta({ description: 'The last 12 months, the present one last' }),
  products: z.object({
    publishedThrough: z.string().nullable().meta({ description: 'Last day in the ranking' }),
    pendingDays: z.array(z.string()).meta({ description: 'Published days that are still being summed up' }),
    ranking: z.array(z.object({ productType: z.string(), listPrice: amount })),
  }),
});

const couponBlock = z.object({
  available: z.number().int(),
  total: z.string().meta({ description: 'What they hold, 2 decimals cut' }),
  currency: z.string(),
  expiringSoon: z.number().int().meta({ description: 'Of the available ones, those that expire within 7 days' }),
});

/** CUS-050: the blocks whose figures exist. Which of them an answer has, the caller and the association type decide. */
export const customerDetail = customerView.extend({
  accountManagerName: z.string().nullable().meta({ description: "Masked; the acting partner's account manager" }),
  resellerName: z.string().nullable(),
  banners: banners.optional().meta({ description: 'Absent for the customer itself' }),
  budget: budgetBlock.nullable().optional().meta({ description: 'Null outside the reseller model' }),
  coupons: couponBlock.nullable().optional().meta({
    description:
      'Coupons for this customer alone; null without `coupon.view`, for a reseller, and outside the reseller model',
  }),
  churnAlerts: z
    .object({ loss: z.number().int() })
    .optional()
    .meta({ description: 'To be handled, by type; absent for who may not see alerts' }),
  expenditures: expenditureBlock.nullable().optional().meta({ description: 'Null outside the reseller model' }),
});
export type CustomerDetail = z.input<typeof customerDetail>;
export type ExpenditureBlock = z.input<typeof expenditureBlock>;
export type CouponBlock = z.input<typeof couponBlock>;
export type Banners = z.input<typeof banners>;
export { budgetBlock };
