import { billParked } from '#events/billing.ts';
import { MAX_DELIVERIES, type MessageContext } from '#lib/shared/consumer.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { count, log } from '#lib/shared/log.ts';
import { event } from '#lib/shared/outbox.ts';
import { type BillingMonth, billingMonthOf, type Instant, nextMonth } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { inTurn } from './book.ts';
import { CannotBill, causeOf } from './cannot-bill.ts';
import { runErrors } from './errors.ts';
import { type PartnerMessage, sendPartners } from './messages.ts';
import { loadPartnerRun, park, takeUpAgain } from './partner-run-store.ts';
import { type Cause, isUnderWay, type PartnerRun } from './run.ts';
import { moveTally } from './run-store.ts';

/**
 * Does a step of a partner's bill. What time may heal is delivered again; what an operator must heal, or what failed at its last
 * delivery, parks this partner with the cause, while the others go on (FIN-19).
 */
export async function orPark(
  message: PartnerMessage,
  context: MessageContext,
  step: () => Promise<void>,
): Promise<void> {
  try {
    await step();
  } catch (error) {
    const hopeless = error instanceof CannotBill && !error.passing;
    if (!hopeless && context.attempt < MAX_DELIVERIES) throw error;
    log.error('partner parked', error, { ...message });
    await parkPartner(message, causeOf(error), context.now);
  }
}

async function parkPartner({ cycle, partnerId }: PartnerMessage, cause: Cause, now: Instant): Promise<void> {
  await inTurn(async () => {
    const run = await loadPartnerRun(cycle, partnerId);
    if (!run || !isUnderWay(run)) return;
    const detail = { partnerId, cycle, code: cause.code, cause: cause.detail, parkedAt: now };
    await transact({
      aside: true,
      writes: [park(run, cause), moveTally(run, { from: run.state, to: 'parked' })],
      events: [event(billParked, detail, now)],
    });
    count('BillsParked');
  });
}

/** The later bills of a partner that waited for this one to take its charges back go on; a second call finds none. */
export async function takeUpWaiting({ cycle, partnerId }: PartnerMessage, now: Instant): Promise<void> {
  for (let later = nextMonth(cycle); later < billingMonthOf(now); later = nextMonth(later)) {
    const run = await loadPartnerRun(later, partnerId);
    const waits = run?.state === 'parked' && run.cause?.code === ('ORIGINAL_NOT_BILLED' satisfies CannotBill['code']);
    if (waits) await rerunPartner(later, partnerId, `the bill of ${cycle} was issued`);
  }
}

/**
 * Takes a parked partner up again, alone; for any other it is an answer, and a push to one that is under way.
 * @throws Refusal PARTNER_NOT_IN_RUN
 */
export async function rerunPartner(cycle: BillingMonth, partnerId: string, reason: string): Promise<PartnerRun> {
  const run = await inTurn(async () => {
    const before = await loadPartnerRun(cycle, partnerId);
    if (!before) throw new Refusal(runErrors.PARTNER_NOT_IN_RUN);
    if (before.state !== 'parked') return before;
    await transact({
      writes: [takeUpAgain(before), moveTally(before, { from: 'parked', to: 'generating' })],
      trace: { partnerId, before: { cause: before.cause }, after: { reason } },
    });
    return { ...before, state: 'generating' as const, cause: undefined };
  });
  if (isUnderWay(run) || run.state === 'voiding') await sendPartners([{ cycle, partnerId }]);
  return run;
}
