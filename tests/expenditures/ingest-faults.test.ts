import { beforeAll, describe, expect, it } from 'vitest';
import { closeMonth, ingest, loadRecord } from '#lib/expenditures/index.ts';
import { exactText, parseMoney, sum } from '#lib/shared/money.ts';
import { sendMessages } from '#lib/shared/queue.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { handler as listQuarantine } from '../../functions/expenditures/list-expenditure-quarantine.ts';
import {
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  crashAtWrite,
  deadLetters,
  drain,
  invoke,
  publishedEvents,
  type TestCustomer,
  type TestPartner,
  throttle,
  useStack,
} from '../support/index.ts';
import { aCharge, charges } from './charges.ts';
import { aLongCustomer, monthOf } from './world.ts';

useStack();

let operator: Caller;
let partner: TestPartner;

beforeAll(async () => {
  clock.set('2024-10-06T10:00:00+08:00');
  operator = await anOperator();
  partner = await aPartner();
});

const queue = (records: readonly unknown[]) => sendMessages('expenditures', [{ records }]);
const deliver = (records: readonly unknown[], mark: string) =>
  asSystem((now) =>
    ingest(
      records.map((raw, i) => ({ raw, mark: `test:${mark}:${i}` })),
      now,
    ),
  );

/** What was announced of a customer's month must be what its counter says. */
async function announced(customer: TestCustomer, month = '2024-09'): Promise<string> {
  const events = await publishedEvents('usage.moved');
  const own = events.filter(({ detail }) => detail.customerId === customer.customerId && detail.month === month);
  return exactText(sum(own.map(({ detail }) => parseMoney(String(detail.usage)))));
}

describe('ingestion under faults', () => {
  it('CUS-096, CUS-262, CUS-267: the same batch three times and in two orders counts once', async () => {
    const customer = await aLongCustomer({ of: partner });
    const batch = charges(120, customer, { listPrice: '0.00000000001' });
    await queue(batch);
    await queue([...batch].reverse());
    await queue(batch);
    await drain();
    expect(await monthOf({ partner, customer })).toMatchObject({ usage: '0.0000000012', count: 120 });
    expect(await announced(customer)).toBe('0.0000000012');
  });

  it('CUS-096: the counter is exact after 50 batches of one customer at once', async () => {
    const customer = await aLongCustomer({ of: partner });
    const batches = Array.from({ length: 50 }, (_, i) => charges(4, customer, { listPrice: `0.0000000${100 + i}` }));
    const shared = aCharge(customer, { listPrice: '7' }); // every batch carries it, too
    const receipts = await Promise.all(batches.map((batch, i) => deliver([...batch, shared], `p${i}`)));
    const counted = receipts.flat().filter(({ receipt }) => receipt === 'counted');
    expect(counted).toHaveLength(201);
    const expected = sum([...batches.flat(), shared].map(({ listPrice }) => parseMoney(listPrice)));
    expect(await monthOf({ partner, customer })).toMatchObject({ usage: exactText(expected), count: 201 });
    expect(await announced(customer)).toBe(exactText(expected));
  }, 60_000);

  it.each(['before', 'after'] as const)(
    'CUS-096, CUS-267: a crash %s any write, then the message again, comes to the same',
    async (when) => {
      for (let n = 1; ; n += 1) {
        const [owner, other] = [await aLongCustomer({ of: partner }), await aLongCustomer({ of: partner })];
        const lateOne = await aLongCustomer({ of: await closedPartner() });
        const unknown = aCharge({ customerId: `cus_unknown_${when}_${n}` });
        const twice = aCharge(other, { listPrice: '5' });
        const batch = [
          ...charges(100, owner, { listPrice: '0.3' }),
          twice,
          twice,
          { ...twice, usage: '2' },
          aCharge(lateOne),
          unknown,
        ];
        await queue(batch);

        using crash = crashAtWrite(n, when);
        await drain();
        expect(await monthOf({ partner, customer: owner })).toMatchObject({
          usage: '30.00',
          expenditure: '30.00',
          count: 100,
        });
        expect(await monthOf({ partner, customer: other })).toMatchObject({ usage: '5.00', count: 1 });
        expect(await loadRecord(twice.recordId)).toMatchObject({ usage: parseMoney('1') });
        expect(await announced(owner)).toBe('30.00');
        expect(await announced(lateOne)).toBe('1.00');
        expect(await quarantinedDeliveries(unknown.recordId)).toEqual([1]);
        if (!crash.struck) return; // beyond the last write
      }
    },
    240_000,
  );

  it('CUS-096: a throttled table delays, and loses or doubles nothing', async () => {
    const customer = await aLongCustomer({ of: partner });
    await queue(charges(200, customer, { listPrice: '0.01' }));
    using throttling = throttle(8); // more than the client repeats by itself
    await drain();
    expect(throttling.left).toBe(0);
    expect(await monthOf({ partner, customer })).toMatchObject({ usage: '2.00', count: 200 });
  }, 60_000);

  it('CUS-267: a message that is no batch goes to the dead letters, a bad record only into quarantine', async () => {
    const customer = await aLongCustomer({ of: partner });
    const good = aCharge(customer);
    await sendMessages('expenditures', [{ record: good }]);
    await queue([{ recordId: 'bad-in-queue' }, good]);
    await drain();
    expect(await deadLetters('expenditures')).toEqual([{ record: good }]);
    expect(await monthOf({ partner, customer })).toMatchObject({ count: 1 });
    expect(await quarantinedDeliveries('bad-in-queue')).toEqual([1]);
  });
});

/** A partner whose September is closed already. */
async function closedPartner(): Promise<TestPartner> {
  const closed = await aPartner();
  await asSystem((now) => closeMonth(closed.partnerId, '2024-09' as BillingMonth, now));
  return closed;
}

async function quarantinedDeliveries(recordId: string): Promise<number[]> {
  const { body } = await invoke(listQuarantine, { as: operator, query: { limit: 100 } });
  const entries: { recordId?: string; deliveries: number }[] = body.items;
  return entries.filter((entry) => entry.recordId === recordId).map(({ deliveries }) => deliveries);
}
