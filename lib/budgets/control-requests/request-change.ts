import { controlRequestClosed, controlRequested } from '#events/control-requests.ts';
import { associationUnchanged, type Customer, controlErrors } from '#lib/customers/index.ts';
import type { Member } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import { exactText, type Money } from '#lib/shared/money.ts';
import { event } from '#lib/shared/outbox.ts';
import { type PartnerStanding, standingUnchanged } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { type ControlRequest, type ControlRequestKind, checkWishedAmount } from './control-request.ts';
import { controlRequestErrors } from './errors.ts';
import { closeWrites, putRequest } from './request-store.ts';

export interface ControlWish {
  readonly kind: ControlRequestKind;
  readonly wishedAmount?: Money;
  readonly note: string;
}

interface Asking {
  readonly member: Member;
  readonly standing: PartnerStanding;
}

/**
 * A reseller without authorization asks its distributor for a change (CUS-017, CUS-176, CUS-177).
 * @throws Refusal WISHED_AMOUNT_INVALID, NOT_RESELLER_MODEL, CONTROL_AUTHORIZED, CONTROL_REQUEST_OPEN
 */
export async function requestControlChange(
  { customerId, accountName, association }: Customer,
  wish: ControlWish,
  { member, standing }: Asking,
  now: Instant,
): Promise<ControlRequest> {
  checkWishedAmount(wish.kind, wish.wishedAmount);
  if (association?.type !== 'reseller') throw new Refusal(controlErrors.NOT_RESELLER_MODEL); // CUS-015
  if (standing.grants.includes('budget-and-freeze')) throw new Refusal(controlRequestErrors.CONTROL_AUTHORIZED);
  const request: ControlRequest = {
    ...wish,
    requestId: newId('crq', now),
    customerId,
    accountName,
    distributorId: association.partnerId,
    resellerId: standing.partnerId,
    requestedBy: member.id,
    requestedAt: now,
    status: 'open',
  };
  await transact({
    writes: [...putRequest(request), standingUnchanged(standing), associationUnchanged(customerId, association)],
    events: [event(controlRequested, requestedDetail(request), now)],
    trace: { customerId, after: request },
  });
  return request;
}

function requestedDetail({ wishedAmount, note: _note, status: _status, ...request }: ControlRequest) {
  return { ...request, wishedAmount: wishedAmount === undefined ? undefined : exactText(wishedAmount) };
}

/** The distributor carried a request out or rejects it (CUS-177). @throws Refusal CONTROL_REQUEST_CLOSED */
export async function closeRequest(
  request: ControlRequest,
  status: 'carried-out' | 'rejected',
  closedBy: string,
  now: Instant,
): Promise<ControlRequest> {
  if (request.status !== 'open') throw new Refusal(controlRequestErrors.CONTROL_REQUEST_CLOSED);
  const closed: ControlRequest = { ...request, status, closedBy, closedAt: now };
  const { requestId, customerId, accountName, distributorId, resellerId, kind, requestedBy } = request;
  const named = { requestId, customerId, accountName, distributorId, resellerId, kind, requestedBy };
  await transact({
    writes: closeWrites(closed),
    events: [event(controlRequestClosed, { ...named, status, closedBy, closedAt: now }, now)],
    trace: {
      partnerId: distributorId,
      customerId,
      before: { requestId, status: 'open' },
      after: { requestId, status },
    },
  });
  return closed;
}
