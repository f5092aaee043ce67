import { currentCall } from '#lib/shared/call.ts';
import { type Item, queryPage } from '#lib/shared/dynamodb.ts';
import { newId } from '#lib/shared/ids.ts';
import { loadMoney, type Money, storeMoney } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { BudgetType, ExhaustionMode } from './budget.ts';
import type { BudgetDecision } from './budget-decision.ts';

/** One entry of the history of a customer's budget (CUS-065, CUS-083). */
export interface BudgetAdjustment {
  readonly adjustmentId: string;
  readonly adjustedAt: Instant;
  readonly actor: string;
  /** The partner that acted. */
  readonly partnerId: string;
  /** `close`: the association ended. */
  readonly action: 'set' | 'withdraw' | 'close';
  readonly typeBefore: BudgetType;
  readonly typeAfter: BudgetType;
  readonly amountBefore: Money;
  readonly amountAfter: Money;
  readonly modeBefore: ExhaustionMode;
  readonly modeAfter: ExhaustionMode;
  readonly unfreezeRequested: boolean;
  readonly freezeLevelAfter: string;
  readonly source: 'single' | 'batch';
  readonly batchId?: string;
}

/** Per association partner: a later partner of the customer does not see what an earlier one did. */
const partition = (partnerId: string, customerId: string): string => `ADJUSTMENTS#${partnerId}#${customerId}`;

export interface Adjusting {
  readonly actingPartnerId: string;
  readonly action: BudgetAdjustment['action'];
  readonly unfreezeRequested: boolean;
  readonly freezeLevelAfter: string;
  readonly batchId?: string;
}

/** Appended in the transaction of the change, never edited (CUS-175). */
export function appendAdjustment(
  { before, after }: Pick<BudgetDecision, 'before' | 'after'>,
  { actingPartnerId, ...rest }: Adjusting,
): Write {
  const { now, actor } = currentCall();
  const adjustmentId = newId('adj', now);
  return {
    table: 'budgets',
    put: {
      pk: partition(after.partnerId, after.customerId),
      sk: `${now}#${adjustmentId}`,
      adjustmentId,
      adjustedAt: now,
      actor: actor.id,
      partnerId: actingPartnerId,
      typeBefore: before.type,
      typeAfter: after.type,
      amountBefore: storeMoney(before.amount),
      amountAfter: storeMoney(after.amount),
      modeBefore: before.exhaustionMode,
      modeAfter: after.exhaustionMode,
      source: rest.batchId === undefined ? 'single' : 'batch',
      ...rest,
    },
    condition: 'attribute_not_exists(pk)',
  };
}

export interface AdjustmentQuery {
  readonly partnerId: string;
  readonly customerId: string;
  /** Only changes from or to this type (CUS-173). */
  readonly type?: BudgetType;
  readonly limit: number;
  readonly startKey?: Record<string, unknown>;
}

/** Newest first; with a filter a page may be short while `nextKey` says that more follow. */
export async function listAdjustments(
  query: AdjustmentQuery,
): Promise<{ adjustments: BudgetAdjustment[]; nextKey?: Record<string, unknown> }> {
  const { partnerId, customerId, type, limit, startKey } = query;
  const filter = type && { expression: 'typeBefore = :type OR typeAfter = :type', values: { ':type': type } };
  const page = await queryPage({
    table: 'budgets',
    pk: partition(partnerId, customerId),
    newestFirst: true,
    limit,
    startKey,
    filter,
  });
  return { adjustments: page.items.map(toAdjustment), nextKey: page.nextKey };
}

function toAdjustment(item: Item): BudgetAdjustment {
  const { pk: _pk, sk: _sk, amountBefore, amountAfter, ...adjustment } = item;
  const amounts = { amountBefore: loadMoney(amountBefore), amountAfter: loadMoney(amountAfter) };
  return { ...adjustment, ...amounts } as unknown as BudgetAdjustment;
}
