import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

/** FIN-132. The platform gave a partner a coupon. */
export const couponIssued = defineEvent({
  name: 'coupon.issued',
  version: 1,
  detail: z.object({
    couponId: z.string(),
    partnerId: z.string(),
    kind: z.enum(['cash', 'test']),
    source: z.string(),
    faceValue: z.string(),
    effectiveAt: z.string(),
    expiresAt: z.string(),
    customerId: z.string().optional(),
    resellerId: z.string().optional(),
    issuedAt: z.string(),
  }),
});

/** FIN-134. A partner gave a part of a coupon to one of its customers; the part is a coupon of its own. */
export const couponAssigned = defineEvent({
  name: 'coupon.assigned',
  version: 1,
  detail: z.object({
    couponId: z.string(),
    splitFrom: z.string(),
    partnerId: z.string(),
    customerId: z.string(),
    amount: z.string(),
    assignedAt: z.string(),
  }),
});

/** FIN-137. The platform took back what was left of a coupon. */
export const couponRevoked = defineEvent({
  name: 'coupon.revoked',
  version: 1,
  detail: z.object({ couponId: z.string(), partnerId: z.string(), amount: z.string(), revokedAt: z.string() }),
});

/** FIN-51. A bill took from a coupon; large bills take from one in several steps, each an event. */
export const couponUsed = defineEvent({
  name: 'coupon.used',
  version: 1,
  detail: z.object({
    couponId: z.string(),
    partnerId: z.string(),
    billId: z.string(),
    cycle: z.string(),
    amount: z.string(),
    balance: z.string(),
    usedAt: z.string(),
  }),
});

/** FIN-56. A bill left nothing of a coupon. */
export const couponExhausted = defineEvent({
  name: 'coupon.exhausted',
  version: 1,
  detail: z.object({
    couponId: z.string(),
    partnerId: z.string(),
    billId: z.string(),
    cycle: z.string(),
    exhaustedAt: z.string(),
  }),
});

/** FIN-139. What coupons paid for a partner's customers and what is expected of them, on one of the two days before a month's end. */
export const testCouponsReported = defineEvent({
  name: 'test-coupons.reported',
  version: 1,
  detail: z.object({
    partnerId: z.string(),
    month: z.string(),
    sendAfter: z.string(),
    currency: z.string(),
    couponsUsed: z.string(),
    estimatedAmountDue: z.string(),
    customerCount: z.number().int(),
    /** The largest ones. */
    customers: z.array(
      z.object({
        customerId: z.string(),
        accountName: z.string(),
        couponsUsed: z.string(),
        estimatedAmountDue: z.string(),
      }),
    ),
  }),
});
