import * as z from 'zod';
import { listPartners } from '#lib/partners/index.ts';
import { sendMessages } from '#lib/shared/queue.ts';
import { type BillingMonth, billingMonthText, type Instant, instant, isBillingMonth } from '#lib/shared/time.ts';
import { pageOfUsage } from './daily-usage.ts';
import { fallenDays, monthsOf, windowAt } from './detector.ts';
import { raiseDetected } from './raise-detected.ts';
import { detectorSettings } from './settings.ts';

const month = billingMonthText.transform((text): BillingMonth => {
  if (!isBillingMonth(text)) throw new TypeError('the schema lets only months pass');
  return text;
});

/** One page of a partner's customers with usage in a month, judged as of the instant at which the job was due. */
export const detectionMessage = z.object({
  partnerId: z.string(),
  dueAt: z.string(),
  month,
  after: z.string().optional(),
});
export type DetectionMessage = z.output<typeof detectionMessage>;

const QUEUE = 'churn-detections';
const PARTNERS_PER_PAGE = 100;
const CUSTOMERS_PER_MESSAGE = 200;

/** CUS-208, CUS-261: one message per tier-1 partner and month that the days touch. A second plan for the day raises nothing more. */
export async function planDetections(dueAt: Instant): Promise<void> {
  const months = monthsOf(windowAt(dueAt, detectorSettings()));
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await listPartners('billed', { limit: PARTNERS_PER_PAGE, startKey });
    const messages = page.partners.flatMap(({ partnerId }) =>
      months.map((each): DetectionMessage => ({ partnerId, dueAt, month: each })),
    );
    await sendMessages(QUEUE, messages);
    startKey = page.nextKey;
  } while (startKey);
}

/** Judges a page of customers by their daily usage (CUS-209). */
export async function detectPage({ dueAt, ...of }: DetectionMessage): Promise<void> {
  const settings = detectorSettings();
  const window = windowAt(instant(dueAt), settings);
  const { usages, next } = await pageOfUsage(of, monthsOf(window), CUSTOMERS_PER_MESSAGE);
  for (const { customerId, usageOf } of usages) {
    const fallen = fallenDays(usageOf, window, settings);
    if (fallen.length < settings.fallenDays) continue;
    await raiseDetected(
      { partnerId: of.partnerId, customerId, window, fallen: fallen.length, settings },
      instant(dueAt),
    );
  }
  // Last, so that a page that is delivered again does not multiply the pages after it.
  if (next !== undefined) await sendMessages(QUEUE, [{ ...of, dueAt, after: next }]);
}
