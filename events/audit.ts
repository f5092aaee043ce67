import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

/** ORD-152: the operations that a customer's trace service knows, complete. */
export const TRACE_NAMES = [
  'addBpInviteTraceLog',
  'customerEnter',
  'confirmCustomerAgentAuthorizationApply',
  'applyUnbindOrSwitchCooperation',
  'approvePartnerOrCustomerApply',
  'applyPartnerPayment',
] as const;
export type TraceName = (typeof TRACE_NAMES)[number];

/** ORD-156. A traced operation on a customer was refused, or failed through a fault of the server; nothing was changed. */
export const customerOperationFailed = defineEvent({
  name: 'customer-operation.failed',
  version: 1,
  detail: z.object({
    traceName: z.enum(TRACE_NAMES),
    customerId: z.string(),
    outcome: z.enum(['refused', 'failed']),
    code: z.string(),
  }),
});
