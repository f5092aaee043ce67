import type * as z from 'zod';
import { associationRequestCreated, associationRequestProcessed } from '#events/association-requests.ts';
import { customerOperationFailed, type TraceName } from '#events/audit.ts';
import { customerAssociated } from '#events/customers.ts';
import type { EventDefinition } from '#lib/shared/outbox.ts';

/** What an event says of a traced operation. */
export interface TracedOperation {
  readonly traceName: TraceName;
  readonly customerId: string;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly resourceId?: string;
  readonly resourceName?: string;
  /** Why it was refused. */
  readonly code?: string;
}

const traced = <Detail extends z.ZodType>(
  definition: EventDefinition<Detail>,
  read: (detail: z.output<Detail>) => TracedOperation,
) => ({ definition, read: (detail: unknown) => read(definition.detail.parse(detail)) });

const ofRequest = (
  traceName: TraceName,
  { customerId, accountName }: { readonly customerId: string; readonly accountName: string },
): TracedOperation => ({ traceName, outcome: 'done', customerId, resourceId: customerId, resourceName: accountName });

/** ORD-152, as data: a row per event that says of a traced operation; another area's operation joins by its row. */
const TRACED = [
  traced(customerAssociated, ({ customerId, accountName }) => ({
    traceName: 'customerEnter',
    outcome: 'done',
    customerId,
    resourceId: customerId,
    resourceName: accountName,
  })),
  traced(associationRequestCreated, (request) => ofRequest('applyUnbindOrSwitchCooperation', request)),
  traced(associationRequestProcessed, (request) => ofRequest('approvePartnerOrCustomerApply', request)),
  traced(customerOperationFailed, ({ customerId, ...failed }) => ({ ...failed, customerId, resourceId: customerId })),
];

export const TRACED_EVENTS: readonly EventDefinition[] = TRACED.map(({ definition }) => definition);

/** What the event says; an event without a row is none of ours. */
export function tracedOperation(event: { readonly name: string; readonly detail: unknown }): TracedOperation {
  const row = TRACED.find(({ definition }) => definition.name === event.name);
  if (!row) throw new Error(`${event.name} is no traced operation`);
  return row.read(event.detail);
}
