import { getItem, type Item, type Key, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney, storeMoney } from '#lib/shared/money.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { ClaimStatus, TransferClaim } from './claim.ts';

const TABLE = 'repayments';
const key = (claimId: string): Key => ({ pk: `CLAIM#${claimId}`, sk: 'CLAIM' });
const listIndex = { index: 'byList', keys: { pk: 'listKey', sk: 'listSort' } } as const;
const timeIndex = { index: 'byTime', keys: { pk: 'timeKey', sk: 'timeSort' } } as const;
const OPEN = 'CLAIMS';

export async function loadClaim(claimId: string): Promise<TransferClaim | undefined> {
  const item = await getItem(TABLE, key(claimId));
  return item && toClaim(item);
}

export const putNewClaim = (claim: TransferClaim): Write => ({
  table: TABLE,
  put: toItem(claim),
  condition: 'attribute_not_exists(pk)',
});

/** Replaces a claim that is still as it was read (ConditionFailed). */
export const replaceClaim = (before: TransferClaim, after: TransferClaim): Write => ({
  table: TABLE,
  put: toItem(after),
  condition: 'version = :seen',
  values: { ':seen': before.version },
});

type Page = { readonly limit: number; readonly startKey?: Record<string, unknown> };
export interface ClaimPage {
  readonly claims: TransferClaim[];
  readonly nextKey?: Record<string, unknown>;
}

/** A partner's claims, newest first; with a status a page may be short while `nextKey` says that more follow. */
export async function listClaims(partnerId: string, page: Page, status?: ClaimStatus): Promise<ClaimPage> {
  const answer = await queryPage({
    table: TABLE,
    ...listIndex,
    pk: `CLAIMS#${partnerId}`,
    newestFirst: true,
    filter: status && {
      expression: '#status = :status',
      names: { '#status': 'status' },
      values: { ':status': status },
    },
    ...page,
  });
  return { claims: answer.items.map(toClaim), nextKey: answer.nextKey };
}

/** Claims that wait for an operator, the one to be answered first leading. */
export async function listOpenClaims(page: Page): Promise<ClaimPage> {
  const answer = await queryPage({ table: TABLE, ...timeIndex, pk: OPEN, ...page });
  return { claims: answer.items.map(toClaim), nextKey: answer.nextKey };
}

const toItem = (claim: TransferClaim) => ({
  ...key(claim.claimId),
  ...claim,
  amount: storeMoney(claim.amount),
  listKey: `CLAIMS#${claim.partnerId}`,
  listSort: `${claim.createdAt}#${claim.claimId}`,
  ...(claim.status === 'submitted' ? { timeKey: OPEN, timeSort: `${claim.respondBy}#${claim.claimId}` } : {}),
});

function toClaim(item: Item): TransferClaim {
  const { pk: _pk, sk: _sk, listKey: _lk, listSort: _ls, timeKey: _tk, timeSort: _ts, ...claim } = item;
  return { ...(claim as unknown as TransferClaim), amount: loadMoney(item.amount) };
}
