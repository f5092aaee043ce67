import { budgetChanged } from '#events/budgets.ts';
import { customerFrozen, customerUnfrozen } from '#events/customers.ts';
import type { ReceivedEvent } from '#lib/shared/consumer.ts';
import type { ControlHappening } from './carried-out.ts';

/** What a person did that a reseller may have asked for; an automatic freeze or unfreeze answers nobody. */
export function toHappening({ name, detail, occurredAt }: ReceivedEvent): ControlHappening | undefined {
  if (name === budgetChanged.name) {
    const { customerId, resellerId, changedBy } = budgetChanged.detail.parse(detail);
    return { kind: 'adjust-budget', customerId, resellerId, by: changedBy, occurredAt };
  }
  const freezing = name === customerFrozen.name;
  const { customerId, resellerId, actor } = (freezing ? customerFrozen : customerUnfrozen).detail.parse(detail);
  if (actor === 'system') return undefined;
  return { kind: freezing ? 'freeze' : 'unfreeze', customerId, resellerId, by: actor, occurredAt };
}
