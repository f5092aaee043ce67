import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

const request = {
  requestId: z.string(),
  customerId: z.string(),
  accountName: z.string(),
  distributorId: z.string(),
  resellerId: z.string(),
  kind: z.enum(['adjust-budget', 'freeze', 'unfreeze']),
  requestedBy: z.string(),
};

/** CUS-176. A reseller asked its distributor for a change of a customer's budget or freeze. */
export const controlRequested = defineEvent({
  name: 'control-request.created',
  version: 1,
  detail: z.object({ ...request, wishedAmount: z.string().optional(), requestedAt: z.string() }),
});

/** CUS-177. The distributor carried the request out or rejected it. */
export const controlRequestClosed = defineEvent({
  name: 'control-request.closed',
  version: 1,
  detail: z.object({
    ...request,
    status: z.enum(['carried-out', 'rejected']),
    closedBy: z.string(),
    closedAt: z.string(),
  }),
});
