import * as z from 'zod';
import { exactText, parseMoney } from '#lib/shared/money.ts';
import { instant } from '#lib/shared/time.ts';
import type { EstimateSums } from './estimate.ts';
import { cycleField } from './fields.ts';
import { send } from './messages.ts';

const amount = z.string().transform(parseMoney);
const sums = z.object({ expenditure: amount, refund: amount, adjustment: amount });
const place = z.record(z.string(), z.unknown());
const refresh = { cycle: cycleField, asOf: z.string().transform(instant) };

/** A walk over a partner's customers: what it has found so far, and the customer that it is in the middle of. */
const walk = z.object({
  kind: z.literal('partner'),
  ...refresh,
  partnerId: z.string(),
  after: z.string(),
  sums,
  open: z
    .object({ customerId: z.string(), startKey: place, read: sums.extend({ count: z.number().int() }), sums })
    .optional(),
});

/** What the queue `bill-estimates` carries: the next page of partners, or the next customers of one partner. */
export const estimateMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('partners'), ...refresh, startKey: place.optional() }),
  walk,
]);

export type EstimateMessage = z.output<typeof estimateMessage>;
export type EstimateWalk = z.output<typeof walk>;

export const sendEstimates = (messages: readonly EstimateMessage[]): Promise<void> =>
  send('bill-estimates', messages.map(toText));

const toText = (message: EstimateMessage): z.input<typeof estimateMessage> => {
  if (message.kind === 'partners') return message;
  const { open } = message;
  return {
    ...message,
    sums: sumTexts(message.sums),
    open: open && { ...open, read: { count: open.read.count, ...sumTexts(open.read) }, sums: sumTexts(open.sums) },
  };
};

const sumTexts = ({ expenditure, refund, adjustment }: EstimateSums) => ({
  expenditure: exactText(expenditure),
  refund: exactText(refund),
  adjustment: exactText(adjustment),
});
