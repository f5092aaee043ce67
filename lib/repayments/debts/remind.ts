import * as z from 'zod';
import { billOverdue, billReminderDue } from '#events/repayments.ts';
import {
  DUE_SHARDS,
  type IssuedBill,
  listDue,
  loadBill,
  parseBillId,
  payable,
  paymentText,
} from '#lib/billing/index.ts';
import { eachPage } from '#lib/shared/each-page.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { sendMessages } from '#lib/shared/queue.ts';
import { atBusinessTime, businessDayOf, dayPlus, type Instant, instant, instantText, plus } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { daysPastDue, OVERDUE_STAGE, reminderStage } from './reminder.ts';
import { loadStages, moveStage } from './reminder-store.ts';

export const reminderMessage = z.object({ billId: z.string(), dueAt: instantText.transform(instant) });

const PAGE = 100;
/** Before every due time. */
const FIRST = '0';

/**
 * FIN-162, FIN-163: finds what became overdue and what is to be reminded of, and hands it on, one message for each bill. Each reminder
 * leaves once, however often the job runs; one that was missed leaves with the next run, several as one (FIN-165).
 */
export async function sendReminders(dueAt: Instant): Promise<void> {
  const to = atBusinessTime(dayPlus(businessDayOf(dueAt), 3), '23:59:59');
  for (let shard = 0; shard < DUE_SHARDS; shard += 1) {
    await eachPage(
      (startKey) => listDue(shard, { from: FIRST, to }, { limit: PAGE, startKey }),
      async ({ bills }) => sendMessages('bill-reminders', await messagesFor(bills, dueAt)),
    );
  }
}

async function messagesFor(bills: readonly IssuedBill[], dueAt: Instant) {
  const open = bills.filter(({ debt }) => payable(debt) > 0n); // FIN-126
  const sentOf = await loadStages(open.map(({ billId }) => billId));
  return open
    .filter((bill) => reminderStage(bill.dueAt, businessDayOf(dueAt)) > sentOf(bill.billId))
    .map(({ billId }) => ({ billId, dueAt }));
}

/** Reminds of one bill, unless that was done, it was paid or another document stands in its place. */
export async function remindOfBill({ billId, dueAt }: z.output<typeof reminderMessage>): Promise<void> {
  const named = parseBillId(billId);
  const bill = named && (await loadBill(named.partnerId, named.cycle));
  if (bill?.billId !== billId || payable(bill.debt) <= 0n) return;
  const sentOf = await loadStages([billId]);
  await remind(bill, sentOf(billId), dueAt);
}

async function remind(bill: IssuedBill, sent: number, now: Instant): Promise<void> {
  const stage = reminderStage(bill.dueAt, businessDayOf(now));
  if (stage <= sent) return;
  const becameOverdue = sent < OVERDUE_STAGE && stage >= OVERDUE_STAGE;
  const events = [...(becameOverdue ? [overdueEvent(bill, now)] : []), reminderEvent(bill, now)];
  try {
    await transact({ writes: [moveStage(bill.billId, sent, stage)], events });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // another run of the job was faster
  }
}

const detailOf = ({ billId, partnerId, cycle, paymentCurrency: currency, dueAt, debt }: IssuedBill) => ({
  billId,
  partnerId,
  cycle,
  currency,
  outstanding: paymentText(payable(debt), currency),
  dueAt,
});

const overdueEvent = (bill: IssuedBill, now: Instant): OutgoingEvent =>
  event(billOverdue, { ...detailOf(bill), overdueSince: plus(bill.dueAt, { seconds: 1 }) }, now);

function reminderEvent(bill: IssuedBill, now: Instant): OutgoingEvent {
  const daysOverdue = Math.max(0, daysPastDue(bill.dueAt, businessDayOf(now)));
  return event(billReminderDue, { ...detailOf(bill), daysOverdue }, now);
}
