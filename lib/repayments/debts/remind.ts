import { billOverdue, billReminderDue } from '#events/repayments.ts';
import { DUE_SHARDS, type IssuedBill, listDue, payable, paymentText } from '#lib/billing/index.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { atBusinessTime, businessDayOf, dayPlus, type Instant, plus } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { daysPastDue, OVERDUE_STAGE, reminderStage } from './reminder.ts';
import { loadStages, moveStage } from './reminder-store.ts';

const PAGE = 100;
const AT_ONCE = 10;
/** Before every due time. */
const FIRST = '0';

/**
 * FIN-162, FIN-163: marks what became overdue and reminds of what is unpaid. Each reminder leaves once, however often the job runs; one
 * that was missed leaves with the next run, several as one (FIN-165).
 */
export async function remindOfBills(dueAt: Instant): Promise<void> {
  for (let shard = 0; shard < DUE_SHARDS; shard += 1) await remindShard(shard, dueAt);
}

async function remindShard(shard: number, now: Instant): Promise<void> {
  const to = atBusinessTime(dayPlus(businessDayOf(now), 3), '23:59:59');
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await listDue(shard, { from: FIRST, to }, { limit: PAGE, startKey });
    await remindAll(page.bills, now);
    startKey = page.nextKey;
  } while (startKey);
}

async function remindAll(bills: readonly IssuedBill[], now: Instant): Promise<void> {
  const open = bills.filter(({ debt }) => payable(debt) > 0n); // FIN-126
  const sentOf = await loadStages(open.map(({ billId }) => billId));
  for (let start = 0; start < open.length; start += AT_ONCE) {
    await Promise.all(open.slice(start, start + AT_ONCE).map((bill) => remind(bill, sentOf(bill.billId), now)));
  }
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
