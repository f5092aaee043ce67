import * as z from 'zod';
import { exactText, fixedText } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { issuedBillView, toIssuedBillView } from '../bill-view.ts';
import { DEBT_STATUSES } from '../debt.ts';
import type { Links } from './links.ts';
import type { Voiding } from './void-bill.ts';

export const voidingView = z.object({
  dryRun: z.boolean(),
  bill: issuedBillView,
  reversal: z
    .array(z.object({ account: z.string(), currency: z.string(), amount: z.string() }))
    .meta({ description: 'What the ledger takes back; debits above 0' }),
  coupons: z
    .array(z.object({ couponId: z.string(), used: z.string() }))
    .meta({ description: 'What the bill took from each coupon, which gets it back' }),
});

export const toVoidingView = (
  { bill, reversal, coupons }: Voiding,
  dryRun: boolean,
  now: Instant,
): z.input<typeof voidingView> => ({
  dryRun,
  bill: toIssuedBillView(bill, now),
  reversal: reversal.legs
    .filter(({ amount }) => amount !== 0n)
    .map(({ account, currency, amount }) => ({ account, currency, amount: exactText(amount) })),
  coupons: coupons.map(({ coupon, used }) => ({ couponId: coupon.couponId, used: fixedText(used, 8) })),
});

export const linksView = z.object({
  billId: z.string(),
  status: z.enum(DEBT_STATUSES),
  voidedAt: z.string().nullable(),
  predecessorBillId: z.string().nullable().meta({ description: 'The voided bill whose place this one takes' }),
  successorBillId: z.string().nullable().meta({ description: 'The bill that takes the place of this one' }),
});

export const toLinksView = ({ bill, predecessorBillId, successorBillId }: Links): z.input<typeof linksView> => ({
  billId: bill.billId,
  status: bill.debt.status,
  voidedAt: bill.debt.voidedAt ?? null,
  predecessorBillId: predecessorBillId ?? null,
  successorBillId: successorBillId ?? null,
});
