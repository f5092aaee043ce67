import { listPartners } from '#lib/partners/index.ts';
import { type BillingMonth, billingMonthOf, businessDayOf, type Instant, previousMonth } from '#lib/shared/time.ts';
import { issueDayOf } from './cycle.ts';
import { NO_ESTIMATE } from './estimate.ts';
import { type EstimateMessage, sendEstimates } from './estimate-message.ts';
import { estimatePartner } from './estimate-partner.ts';

const PARTNERS_AT_ONCE = 100;

/** FIN-65, FIN-67: the running cycle, and until its issue day the one before. */
export function cyclesToEstimate(dueAt: Instant): BillingMonth[] {
  const running = billingMonthOf(dueAt);
  const before = previousMonth(running);
  return businessDayOf(dueAt) <= issueDayOf(before) ? [before, running] : [running];
}

export const refreshEstimates = (dueAt: Instant): Promise<void> =>
  sendEstimates(cyclesToEstimate(dueAt).map((cycle) => ({ kind: 'partners', cycle, asOf: dueAt })));

/** The next step of a refresh: one message per partner, or some customers of one. */
export async function refreshStep(message: EstimateMessage): Promise<void> {
  if (message.kind === 'partner') return estimatePartner(message);
  const { cycle, asOf } = message;
  const page = await listPartners('billed', { limit: PARTNERS_AT_ONCE, startKey: message.startKey });
  await sendEstimates(
    page.partners.map(({ partnerId }) => ({ kind: 'partner', cycle, asOf, partnerId, after: '', sums: NO_ESTIMATE })),
  );
  if (page.nextKey) await sendEstimates([{ ...message, startKey: page.nextKey }]);
}
