import * as z from 'zod';
import { COUPON_STATUSES } from '#lib/coupons/index.ts';
import { STATEMENT_TYPES } from '#lib/ledger/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import type { Permission } from '#lib/shared/permissions.ts';
import { instant, instantText } from '#lib/shared/time.ts';
import { cycleField } from '../fields.ts';

const format = z.enum(['csv', 'xlsx']).default('csv');
const time = instantText.transform(instant);

/** What is exported: the bills of some months, or the lines of one bill (FIN-156), records of the account (FIN-158), or coupons. */
export const exportWish = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bills'), fromCycle: cycleField, toCycle: cycleField, format }),
  z.object({ kind: z.literal('bill-details'), billId: idParam, format }),
  z
    .object({ kind: z.literal('focus'), billId: idParam, format: z.literal('csv').default('csv') })
    .meta({ description: 'The lines of a bill for FinOps tools: FOCUS 1.2, docs/spec/focus-export.md' }),
  z.object({
    kind: z.literal('statements'),
    from: time.optional(),
    to: time.optional(),
    types: z.array(z.enum(STATEMENT_TYPES)).min(1).optional(),
    transactionNos: z
      .array(z.string().min(1).max(64))
      .min(1)
      .max(100)
      .optional()
      .meta({ description: 'The records picked; without it, all that the search finds' }),
    format,
  }),
  z.object({
    kind: z.literal('coupons'),
    tab: z.enum(['all', 'test']).default('all'),
    status: z.enum(COUPON_STATUSES).optional(),
    customerId: idParam.optional(),
    customer: z.string().trim().min(1).max(64).optional(),
    format,
  }),
]);
export type ExportWish = z.output<typeof exportWish>;

/** Whoever may not see it on the screen gets no file of it. */
export const NEEDED: Readonly<Record<ExportWish['kind'], Permission>> = {
  bills: 'bill.view',
  'bill-details': 'bill.view',
  focus: 'bill.view',
  statements: 'fund.view',
  coupons: 'coupon.view',
};
