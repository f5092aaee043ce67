import { getItem, type Item, type Key, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney, storeMoney } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Adjustment } from './adjustment.ts';

const partition = (partnerId: string): string => `ADJUSTMENTS#${partnerId}`;
const PREFIX = 'ADJUSTMENT#';
const key = ({ partnerId, cycle, adjustmentId }: Pick<Adjustment, 'partnerId' | 'cycle' | 'adjustmentId'>): Key => ({
  pk: partition(partnerId),
  sk: `${PREFIX}${cycle}#${adjustmentId}`,
});
const listIndex = { index: 'byList', keys: { pk: 'listKey', sk: 'listSort' } } as const;
const correctionsOf = (billId: string): string => `CORRECTIONS#${billId}`;

/** An adjustment is put once and never changed; one that makes good an issued bill is found from there, too. */
export const putAdjustment = (adjustment: Adjustment): Write => ({
  table: 'billing',
  put: {
    ...key(adjustment),
    ...adjustment,
    amount: storeMoney(adjustment.amount),
    ...(adjustment.correctsBillId === undefined
      ? {}
      : { listKey: correctionsOf(adjustment.correctsBillId), listSort: adjustment.adjustmentId }),
  },
  condition: 'attribute_not_exists(pk)',
});

export async function loadAdjustment(
  of: Pick<Adjustment, 'partnerId' | 'cycle' | 'adjustmentId'>,
): Promise<Adjustment | undefined> {
  const item = await getItem('billing', key(of));
  return item && toAdjustment(item);
}

type Page = { readonly limit: number; readonly startKey?: Record<string, unknown> };
interface AdjustmentPage {
  readonly adjustments: Adjustment[];
  readonly nextKey?: Record<string, unknown>;
}

/** A partner's adjustments, the newest cycle first; of one cycle only, if one is named. */
export async function listAdjustments(
  partnerId: string,
  cycle: BillingMonth | undefined,
  page: Page,
): Promise<AdjustmentPage> {
  const sk = { beginsWith: cycle === undefined ? PREFIX : `${PREFIX}${cycle}#` };
  const answer = await queryPage({ table: 'billing', pk: partition(partnerId), sk, newestFirst: true, ...page });
  return { adjustments: answer.items.map(toAdjustment), nextKey: answer.nextKey };
}

/** Adjustments that make good a bill, as they were posted. */
export async function listCorrectionsOf(billId: string, page: Page): Promise<AdjustmentPage> {
  const answer = await queryPage({ table: 'billing', ...listIndex, pk: correctionsOf(billId), ...page });
  return { adjustments: answer.items.map(toAdjustment), nextKey: answer.nextKey };
}

function toAdjustment(item: Item): Adjustment {
  const { pk: _pk, sk: _sk, listKey: _listKey, listSort: _listSort, ...adjustment } = item;
  return { ...(adjustment as unknown as Adjustment), amount: loadMoney(adjustment.amount) };
}
