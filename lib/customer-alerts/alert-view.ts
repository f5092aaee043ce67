import * as z from 'zod';
import { maskName } from '#lib/shared/masking.ts';
import { CHURN_STATUSES, type ChurnAlert, KEPT_REASONS, LOST_REASONS } from './alert.ts';
import type { ListedAlert } from './list-alerts.ts';

const note = z.string().trim().min(1).max(256).optional().meta({ description: 'Only with the reason `other`' });

/** CUS-211 to CUS-214: both are needed, and the reason is one of those that go with the answer. */
export const verdictBody = z
  .discriminatedUnion('customerLost', [
    z.object({ customerLost: z.literal(true), reason: z.enum(LOST_REASONS), note }),
    z.object({ customerLost: z.literal(false), reason: z.enum(KEPT_REASONS), note }),
  ])
  .refine((verdict) => verdict.note === undefined || verdict.reason === 'other', {
    path: ['note'],
    error: 'goes with the reason other',
  });

const state = {
  alertId: z.string(),
  customerId: z.string(),
  accountName: z.string(),
  scenario: z.string(),
  alertType: z.literal('loss'),
  title: z.string(),
  details: z.string(),
  alertedAt: z.string(),
  status: z.enum(CHURN_STATUSES),
  customerLost: z.boolean().nullable(),
  reason: z.enum([...LOST_REASONS, ...KEPT_REASONS]).nullable(),
  note: z.string().nullable(),
  handledBy: z.string().nullable(),
  handledAt: z.string().nullable(),
};

export const customerAlertView = z.object(state);

export const toCustomerAlertView = ({ verdict, ...alert }: ChurnAlert): z.input<typeof customerAlertView> => ({
  ...alert,
  customerLost: verdict?.customerLost ?? null,
  reason: verdict?.reason ?? null,
  note: verdict?.note ?? null,
  handledBy: alert.handledBy ?? null,
  handledAt: alert.handledAt ?? null,
});

/** CUS-243. */
export const listedAlertView = z.object({
  ...state,
  customerName: z.string().nullable().meta({ description: 'Masked' }),
  accountManagerId: z.string().nullable().meta({ description: "The caller's own partner's" }),
  accountManagerName: z.string().nullable().meta({ description: 'Masked' }),
});

export const toListedAlertView = ({ alert, customer, manager }: ListedAlert): z.input<typeof listedAlertView> => ({
  ...toCustomerAlertView(alert),
  customerName: customer.customerName ? maskName(customer.customerName) : null,
  accountManagerId: manager?.memberId ?? null,
  accountManagerName: manager ? maskName(manager.name) : null,
});
