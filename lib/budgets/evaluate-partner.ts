import * as z from 'zod';
import { listPartners } from '#lib/partners/index.ts';
import { log } from '#lib/shared/log.ts';
import { ZERO } from '#lib/shared/money.ts';
import { sendMessages } from '#lib/shared/queue.ts';
import { billingMonthOf, type Instant } from '#lib/shared/time.ts';
import { listBudgets } from './budget-store.ts';
import { evaluateCustomer } from './evaluate-customer.ts';
import { assess } from './evaluation.ts';
import { alertForecasts } from './forecast/alert-forecasts.ts';
import { loadUsages } from './usage.ts';

/** One page of a partner's budgets, or one customer that failed in its page. */
export const evaluationMessage = z.object({
  partnerId: z.string(),
  after: z.string().optional(),
  customerId: z.string().optional(),
  /** A page to be forecast instead. */
  forecast: z.literal(true).optional(),
});
export type EvaluationMessage = z.infer<typeof evaluationMessage>;

const QUEUE = 'budget-evaluations';
const PARTNERS_PER_PAGE = 100;
const BUDGETS_PER_MESSAGE = 500;

/** CUS-104, CUS-113: one message per tier-1 partner. A second plan for the same hour finds nothing left to do. */
export const planEvaluations = (): Promise<void> => sendToPartners({});

/** The same for forecasts; telling of one is what happens once (CUS-113). */
export const planForecasts = (): Promise<void> => sendToPartners({ forecast: true });

async function sendToPartners(task: Pick<EvaluationMessage, 'forecast'>): Promise<void> {
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await listPartners('billed', { limit: PARTNERS_PER_PAGE, startKey });
    await sendMessages(
      QUEUE,
      page.partners.map(({ partnerId }): EvaluationMessage => ({ partnerId, ...task })),
    );
    startKey = page.nextKey;
  } while (startKey);
}

/**
 * Evaluates a page of a partner's budgets. One query gives the budgets, one per counted month their usage; only customers whose state
 * changes are touched. A failing customer is put on the queue by itself, the page goes on (CUS-113).
 */
export async function evaluatePage(message: EvaluationMessage, now: Instant): Promise<void> {
  const { partnerId, after, customerId } = message;
  if (message.forecast) return forecastPage(message, now);
  if (customerId !== undefined) return evaluateCustomer(partnerId, customerId, now);
  const { budgets, next } = await listBudgets(partnerId, { limit: BUDGETS_PER_MESSAGE, after });
  const set = budgets.filter(({ amount }) => amount > ZERO);
  const usages = await loadUsages(set, billingMonthOf(now));
  const further: EvaluationMessage[] = next === undefined ? [] : [{ partnerId, after: next }];
  for (const budget of set) {
    if (!assess(budget, usages.get(budget.customerId) ?? ZERO, now)) continue;
    const failed = await evaluateCustomer(partnerId, budget.customerId, now).then(() => false, failure);
    if (failed) further.push({ partnerId, customerId: budget.customerId });
  }
  // Last, so that a page that is delivered again does not multiply the pages after it.
  await sendMessages(QUEUE, further);
}

async function forecastPage({ partnerId, after }: EvaluationMessage, now: Instant): Promise<void> {
  const next = await alertForecasts(partnerId, after, now);
  if (next !== undefined) await sendMessages(QUEUE, [{ partnerId, after: next, forecast: true }]);
}

function failure(error: unknown): true {
  log.error('customer not evaluated', error);
  return true;
}
