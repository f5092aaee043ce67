import { accountCredited } from '#events/ledger.ts';
import { exactText } from '#lib/shared/money.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import type { StatementEntry } from './account.ts';

/** Tells of an income that no bill has taken yet, so that it pays what is open (FIN-87). */
export const creditedEvent = (entry: StatementEntry): OutgoingEvent =>
  event(
    accountCredited,
    {
      partnerId: entry.partnerId,
      currency: entry.currency,
      amount: exactText(entry.amount),
      balance: exactText(entry.balance),
      transactionNo: entry.transactionNo,
      at: entry.transactionTime,
    },
    entry.transactionTime,
  );
