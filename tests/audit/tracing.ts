import { event } from '#lib/shared/outbox.ts';
import { transact } from '#lib/shared/transaction.ts';
import { customerAssociated } from '../../events/customers.ts';
import { handler as getTrace } from '../../functions/audit/get-trace.ts';
import { handler as queryTraces } from '../../functions/audit/query-traces.ts';
import { handler as setTracing } from '../../functions/audit/set-tracing.ts';
import { handler as associateCustomer } from '../../functions/customers/associate-customer.ts';
import {
  type Answer,
  anOperator,
  asSystem,
  type Caller,
  drain,
  invoke,
  type Request,
  type TestCustomer,
  type TestPartner,
} from '../support/index.ts';

export const turn = (as: Caller, enabled: boolean): Promise<Answer> => invoke(setTracing, { as, body: { enabled } });

export type Criteria = NonNullable<Request['query']>;

export const query = (as: Caller, criteria: Criteria = {}): Promise<Answer> =>
  invoke(queryTraces, { as, query: criteria });

export const single = (as: Caller, traceId: string): Promise<Answer> => invoke(getTrace, { as, path: { traceId } });

/** Names and states of what a query shows. */
export const shown = async (as: Caller, criteria: Criteria = {}): Promise<[string, string][]> =>
  (await query(as, criteria)).body.items.map((item: { traceName: string; traceStatus: string }) => [
    item.traceName,
    item.traceStatus,
  ]);

/** An operator associates the customer: the operation that is called `customerEnter` in the customer's traces. */
export async function associate(
  { customerId }: TestCustomer,
  partner: TestPartner,
  options: { as?: Caller; drained?: boolean } = {},
): Promise<Answer> {
  const as = options.as ?? (await anOperator());
  const answer = await invoke(associateCustomer, { as, path: { customerId }, body: { partnerId: partner.partnerId } });
  if (options.drained !== false) await drain();
  return answer;
}

/** Says that the customer was associated, as often as wanted, without doing it. */
export async function isAssociated({ customerId, accountName }: TestCustomer): Promise<void> {
  await asSystem((now) => {
    const detail = { customerId, accountName, partnerId: 'par_1', type: 'reseller' as const, since: now };
    return transact({ writes: [], events: [event(customerAssociated, detail, now)] });
  });
}
