import { beforeEach, describe, expect, it } from 'vitest';
import { customerOperationFailed } from '#events/audit.ts';
import { listAssociations } from '#lib/customers/index.ts';
import { event } from '#lib/shared/outbox.ts';
import { transact } from '#lib/shared/transaction.ts';
import { handler as listFreezeRecords } from '../../functions/customers/list-freeze-records.ts';
import { associate, shown, turn } from '../audit/tracing.ts';
import {
  aCustomer,
  aPartner,
  asSystem,
  clock,
  drain,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;

beforeEach(async () => {
  clock.set('2024-09-10T10:00:00+08:00');
  partner = await aPartner();
  customer = await aCustomer();
});

/** Confirming an authorization comes with a later capability; what its refusal would publish is known. */
async function confirmsAuthorization(): Promise<void> {
  const refused = {
    traceName: 'confirmCustomerAgentAuthorizationApply',
    customerId: customer.customerId,
    outcome: 'refused',
    code: 'ALREADY_PROCESSED',
  } as const;
  await asSystem((now) => transact({ writes: [], events: [event(customerOperationFailed, refused, now)] }));
  await drain();
}

describe('a customer traces what concerns it', () => {
  it('ORD-151, ORD-155 (example 30): found by name for 7 days, and not at 7 days and 1 second', async () => {
    const byName = { traceName: 'confirmCustomerAgentAuthorizationApply', range: 'last-week' };

    // given tracing off, when an authorization is confirmed, then no trace exists
    await confirmsAuthorization();
    clock.advance({ minutes: 1 });
    await turn(customer, true);
    expect(await shown(customer, byName)).toEqual([]);

    // given tracing on, then it is found by name
    await confirmsAuthorization();
    await associate(customer, partner);
    expect(await shown(customer, byName)).toEqual([['confirmCustomerAgentAuthorizationApply', 'warning']]);
    clock.advance({ days: 7, seconds: -1 });
    expect(await shown(customer, byName)).toHaveLength(1);
    clock.advance({ seconds: 2 });
    expect(await shown(customer, byName)).toEqual([]);
  });

  it('ORD-158: associations and freezes are history, kept without tracing and beyond seven days', async () => {
    const at = clock.now();
    await associate(customer, partner);
    clock.advance({ days: 30 });
    await turn(customer, true);
    expect(await shown(customer, { range: 'last-week' })).toEqual([]);

    expect(await listAssociations(customer.customerId)).toMatchObject([{ partnerId: partner.partnerId, since: at }]);
    const { body } = await invoke(listFreezeRecords, { as: partner, path: { customerId: customer.customerId } });
    expect(body.items).toMatchObject([{ cause: 'association-default', at }]);
  });
});
