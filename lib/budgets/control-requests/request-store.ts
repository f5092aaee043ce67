import { getItem, type Item, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney, storeMoney } from '#lib/shared/money.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { ControlRequest, ControlRequestKind } from './control-request.ts';
import { controlRequestErrors } from './errors.ts';

const key = (requestId: string) => ({ pk: `REQUEST#${requestId}`, sk: 'REQUEST' });
const claimKey = ({ resellerId, customerId, kind }: Claim) => ({
  pk: `RESELLER#${resellerId}`,
  sk: `REQUEST#${customerId}#${kind}`,
});
/** Its own partitions of the alerts' indexes: a distributor's and a reseller's requests, newest first. */
const partnerIndex = { index: 'byPartner', keys: { pk: 'partnerKey', sk: 'raisedKey' } } as const;
const resellerIndex = { index: 'byReseller', keys: { pk: 'resellerKey', sk: 'raisedKey' } } as const;

interface Claim {
  readonly resellerId: string;
  readonly customerId: string;
  readonly kind: ControlRequestKind;
}

/** CUS-177: at most one open per customer and kind. */
export const putRequest = (request: ControlRequest): Write[] => [
  {
    table: 'budgets',
    put: { ...claimKey(request), requestId: request.requestId },
    condition: 'attribute_not_exists(pk)',
    onConflict: controlRequestErrors.CONTROL_REQUEST_OPEN,
  },
  {
    table: 'budgets',
    put: {
      ...key(request.requestId),
      ...request,
      wishedAmount: request.wishedAmount === undefined ? undefined : storeMoney(request.wishedAmount),
      partnerKey: `${request.distributorId}#requests`,
      resellerKey: `${request.resellerId}#requests`,
      raisedKey: `${request.requestedAt}#${request.requestId}`,
    },
    condition: 'attribute_not_exists(pk)',
  },
];

/** @throws Refusal CONTROL_REQUEST_CLOSED when somebody closed it before */
export const closeWrites = (closed: ControlRequest): Write[] => [
  {
    table: 'budgets',
    update: key(closed.requestId),
    set: 'SET #status = :status, closedBy = :by, closedAt = :at',
    condition: '#status = :open',
    names: { '#status': 'status' },
    values: { ':status': closed.status, ':open': 'open', ':by': closed.closedBy, ':at': closed.closedAt },
    onConflict: controlRequestErrors.CONTROL_REQUEST_CLOSED,
  },
  {
    table: 'budgets',
    remove: claimKey(closed),
    condition: 'requestId = :request',
    values: { ':request': closed.requestId },
    onConflict: controlRequestErrors.CONTROL_REQUEST_CLOSED,
  },
];

export async function loadRequest(requestId: string): Promise<ControlRequest | undefined> {
  const item = await getItem('budgets', key(requestId));
  return item && toRequest(item);
}

/** The open request of this kind, if there is one. */
export async function findOpenRequest(claim: Claim): Promise<ControlRequest | undefined> {
  const item = await getItem('budgets', claimKey(claim));
  return item && loadRequest(String(item.requestId));
}

export async function listRequests(
  of: { readonly distributorId: string } | { readonly resellerId: string },
  status: ControlRequest['status'] | undefined,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ requests: ControlRequest[]; nextKey?: Record<string, unknown> }> {
  const range =
    'distributorId' in of
      ? { ...partnerIndex, pk: `${of.distributorId}#requests` }
      : { ...resellerIndex, pk: `${of.resellerId}#requests` };
  const filter = status && {
    expression: '#status = :status',
    names: { '#status': 'status' },
    values: { ':status': status },
  };
  const answer = await queryPage({ table: 'budgets', ...range, newestFirst: true, filter, ...page });
  return { requests: answer.items.map(toRequest), nextKey: answer.nextKey };
}

function toRequest(item: Item): ControlRequest {
  const { pk: _pk, sk: _sk, partnerKey: _p, resellerKey: _r, raisedKey: _k, wishedAmount, ...request } = item;
  const amount = wishedAmount === undefined ? {} : { wishedAmount: loadMoney(wishedAmount) };
  return { ...request, ...amount } as unknown as ControlRequest;
}
