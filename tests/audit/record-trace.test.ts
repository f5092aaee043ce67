import { beforeEach, describe, expect, it } from 'vitest';
import { customerAssociated } from '#events/customers.ts';
import { sendMessages } from '#lib/shared/queue.ts';
import sample from '../../events/samples/customer.associated.v1.json' with { type: 'json' };
import {
  aCustomer,
  anOperator,
  aPartner,
  clock,
  deadLetters,
  drain,
  failNth,
  publishedEvents,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { associate, query, shown, turn } from './tracing.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;

beforeEach(async () => {
  clock.set('2024-09-10T10:00:00+08:00');
  partner = await aPartner();
  customer = await aCustomer();
});

/** The message that told of the association, as it travelled. */
async function toldOf({ customerId }: TestCustomer) {
  const [envelope] = (await publishedEvents('customer.associated')).filter(
    ({ detail }) => detail.customerId === customerId,
  );
  if (!envelope) throw new Error('nobody told of it');
  return envelope;
}

describe('record-trace', () => {
  it('ORD-152: reads what the customers area promises', () => {
    expect(customerAssociated.detail.parse(sample)).toEqual(sample);
  });

  it('ORD-157: the same message again, in one batch or later, leaves the one trace as it was', async () => {
    await turn(customer, true);
    await associate(customer, partner);
    const before = (await query(customer)).body.items;
    const envelope = await toldOf(customer);
    clock.advance({ minutes: 5 });
    await sendMessages('traces', [envelope, envelope]);
    await drain();
    expect((await query(customer)).body.items).toEqual(before);
    expect(before).toHaveLength(1);
  });

  it('ORD-151: what counts is the switch at the time of the operation, however late the message', async () => {
    await turn(customer, true);
    clock.advance({ seconds: 1 });
    await associate(customer, partner, { drained: false });
    clock.advance({ seconds: 1 });
    await turn(customer, false);
    clock.advance({ seconds: 1 });
    await turn(customer, true);
    await drain();
    expect(await shown(customer)).toEqual([['customerEnter', 'normal']]);
  });

  it('ORD-151, ORD-154: turning it on brings nothing back, also not by a message that comes afterwards', async () => {
    await turn(customer, true);
    await turn(customer, false);
    clock.advance({ seconds: 1 });
    await associate(customer, partner, { drained: false });
    clock.advance({ seconds: 1 });
    await turn(customer, true);
    await drain();
    expect(await shown(customer)).toEqual([]);
  });

  it.each(['before', 'after'] as const)(
    'ORD-157: a write that fails (%s) is repeated from the queue, and the operation has succeeded all the same',
    async (when) => {
      await turn(customer, true);
      const associated = await associate(customer, partner, { drained: false });
      using fault = failNth(1, when, 'PutItem');
      await drain();
      expect([associated.status, fault.struck]).toEqual([201, true]);
      expect(await shown(customer)).toEqual([['customerEnter', 'normal']]);
    },
  );

  it('ORD-156: a fault of the server is an incident', async () => {
    await turn(customer, true);
    const as = await anOperator();
    using _fault = failNth(1, 'before', 'TransactWriteItems');
    expect(await associate(customer, partner, { as })).toMatchObject({ status: 500 });
    expect(await shown(customer)).toEqual([['customerEnter', 'incident']]);
  });

  it('ORD-154: who may not know of the customer leaves nothing in its traces', async () => {
    await turn(customer, true);
    expect(await associate(customer, partner, { as: partner })).toMatchObject({ status: 403 });
    expect(await shown(customer)).toEqual([]);
  });

  it('ORD-152: accepts no other event, and no other name', async () => {
    await turn(customer, true);
    await associate(customer, partner);
    const envelope = await toldOf(customer);
    const { customerId } = customer;
    await sendMessages('traces', [
      { ...envelope, id: 'evt_frozen', name: 'customer.frozen' },
      {
        ...envelope,
        id: 'evt_named',
        name: 'customer-operation.failed',
        detail: { customerId, traceName: 'deleteCustomer', outcome: 'refused', code: 'NOT_FOUND' },
      },
    ]);
    await drain();
    expect(await shown(customer)).toHaveLength(1);
    expect((await deadLetters('traces')).map((body) => (body as { id: string }).id).sort()).toEqual([
      'evt_frozen',
      'evt_named',
    ]);
  });
});
