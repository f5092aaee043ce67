import * as z from 'zod';
import { exactText } from '#lib/shared/money.ts';
import { CONTROL_REQUEST_KINDS, CONTROL_REQUEST_STATUSES, type ControlRequest } from './control-request.ts';

export const controlRequestView = z.object({
  requestId: z.string(),
  customerId: z.string(),
  accountName: z.string(),
  distributorId: z.string(),
  resellerId: z.string(),
  kind: z.enum(CONTROL_REQUEST_KINDS),
  wishedAmount: z.string().nullable(),
  note: z.string(),
  requestedBy: z.string(),
  requestedAt: z.string(),
  status: z.enum(CONTROL_REQUEST_STATUSES),
  closedBy: z.string().nullable(),
  closedAt: z.string().nullable(),
});

export const toControlRequestView = (request: ControlRequest): z.input<typeof controlRequestView> => ({
  ...request,
  wishedAmount: request.wishedAmount === undefined ? null : exactText(request.wishedAmount),
  closedBy: request.closedBy ?? null,
  closedAt: request.closedAt ?? null,
});
