import { customerFrozen, customerUnfrozen } from '#events/customers.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Customer } from './customer.ts';
import { appendFreezeRecord, replaceCustomer } from './customer-store.ts';
import type { ControlChange } from './freeze.ts';

/** The customer under its version and the entry in its freeze history. @param partnerId the partner that acts, or the tier-1 partner */
export const controlWrites = (before: Customer, { after, record }: ControlChange, partnerId: string): Write[] => [
  replaceCustomer(before, after),
  appendFreezeRecord(before.customerId, partnerId, record),
];

/** CUS-151, CUS-169. @param actor the acting member, or `system` */
export function controlEvent({ after, record }: ControlChange, actor: string, now: Instant): OutgoingEvent {
  const { customerId, accountName, association, control } = after;
  const common = {
    customerId,
    accountName,
    partnerId: association?.partnerId ?? '',
    resellerId: association?.resellerId,
    reason: record.reason,
    actor,
  };
  if (record.levelAfter === 'none') {
    const cause = customerUnfrozen.detail.shape.cause.parse(record.cause);
    return event(customerUnfrozen, { ...common, levelBefore: record.levelBefore, cause, unfrozenAt: now }, now);
  }
  const cause = customerFrozen.detail.shape.cause.parse(record.cause);
  const { retentionUntil } = control;
  return event(customerFrozen, { ...common, level: record.levelAfter, cause, retentionUntil, frozenAt: now }, now);
}
