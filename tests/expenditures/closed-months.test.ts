import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeCustomerMonth, closeMonth, ingest, listMonth, loadRecord } from '#lib/expenditures/index.ts';
import { exactText } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { handler } from '../../functions/expenditures/record-expenditures.ts';
import {
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  invoke,
  publishedEvents,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { aCharge, charges } from './charges.ts';
import { aLongCustomer, monthOf, recordIdsOn } from './world.ts';

useStack();

let operator: Caller;
let partner: TestPartner;
let customer: TestCustomer;

beforeAll(async () => {
  operator = await anOperator();
});
beforeEach(async () => {
  clock.set('2024-10-05T02:00:00+08:00');
  partner = await aPartner();
  customer = await aLongCustomer({ of: partner });
});

const september = '2024-09' as BillingMonth;
const record = async (...records: unknown[]) =>
  (await invoke(handler, { as: operator, body: { records } })).body.receipts;
const close = (month = september) => asSystem((now) => closeMonth(partner.partnerId, month, now));
const closeCustomer = (month = september) =>
  asSystem((now) => closeCustomerMonth(partner.partnerId, customer.customerId, month, now));
const inMonth = (month: string, fields = {}) =>
  aCharge(customer, { spentFrom: `${month}-10T13:00:00+08:00`, spentTo: `${month}-10T14:00:00+08:00`, ...fields });

describe('a closed month', () => {
  it('FIN-14, CUS-097: a late record goes on the next bill and moves the counter of its own month', async () => {
    await record(inMonth('2024-09', { listPrice: '10' }));
    await close();
    await closeCustomer();

    const late = inMonth('2024-09', { listPrice: '2.5' });
    const refund = inMonth('2024-09', { billType: 'refund', listPrice: '-1' });
    expect(await record(late, refund, late)).toMatchObject([
      { receipt: 'late', billingCycle: '2024-10', consumptionMonth: '2024-09' },
      { receipt: 'late', billingCycle: '2024-10' },
      { receipt: 'duplicate', billingCycle: '2024-10', consumptionMonth: '2024-09' },
    ]);
    expect(await monthOf({ partner, customer })).toEqual({
      usage: '12.50',
      expenditure: '10.00',
      refund: '0.00',
      adjustment: '0.00',
      count: 1,
      closed: true,
    });
    expect(await monthOf({ partner, customer }, '2024-10')).toMatchObject({
      usage: '0.00',
      expenditure: '2.50',
      refund: '-1.00',
      count: 2,
    });
    expect(await loadRecord(late.recordId)).toMatchObject({ late: true, transactionTime: '2024-09-10T06:00:00.000Z' });
    expect((await recordIdsOn({ partner, customer }, '2024-10')).sort()).toEqual(
      [late.recordId, refund.recordId].sort(),
    );
    const moved = (await publishedEvents('usage.moved')).filter(
      ({ detail }) => detail.customerId === customer.customerId,
    );
    expect(moved.map(({ detail }) => [detail.month, detail.usage])).toEqual([
      ['2024-09', '10.00'],
      ['2024-09', '2.50'],
    ]);
  });

  it('FIN-14: a customer without records in the closed month is late too, and its month is never billed', async () => {
    await close();
    const late = inMonth('2024-09');
    expect(await record(late, inMonth('2024-10'))).toMatchObject([
      { receipt: 'late', billingCycle: '2024-10' },
      { receipt: 'counted' },
    ]);
    expect(await monthOf({ partner, customer })).toMatchObject({ usage: '1.00', count: 0, closed: true });
    expect(await record(inMonth('2024-09'))).toMatchObject([{ receipt: 'late', billingCycle: '2024-10' }]);
    expect(await monthOf({ partner, customer }, '2024-10')).toMatchObject({
      usage: '1.00',
      expenditure: '3.00',
      count: 3,
    });
  });

  it('FIN-14: a late refund alone leaves the usage of its month as it was', async () => {
    await close();
    expect(await record(inMonth('2024-09', { billType: 'refund', listPrice: '-5' }))).toMatchObject([
      { receipt: 'late' },
    ]);
    expect(await monthOf({ partner, customer })).toBeUndefined();
    expect(await monthOf({ partner, customer }, '2024-10')).toMatchObject({ refund: '-5.00', count: 1 });
  });

  it('FIN-14: the next open month is meant, however many are closed', async () => {
    clock.set('2024-11-06T02:00:00+08:00');
    await close();
    await close('2024-10' as BillingMonth);
    expect(await record(inMonth('2024-09'))).toMatchObject([
      { receipt: 'late', billingCycle: '2024-11', consumptionMonth: '2024-09' },
    ]);
  });

  it('FIN-14: until its own month is frozen, a customer with records is still on time', async () => {
    await record(inMonth('2024-09'));
    await close();
    expect(await record(inMonth('2024-09'))).toMatchObject([{ receipt: 'counted', billingCycle: '2024-09' }]);
    expect(await closeCustomer()).toMatchObject({ count: 2 });
  });

  it('FIN-15: closing twice changes nothing and answers the same', async () => {
    await record(inMonth('2024-09'));
    const first = await close();
    const frozen = await closeCustomer();
    clock.advance({ hours: 1 });
    expect(await close()).toBe(first);
    expect(await closeCustomer()).toEqual(frozen);
    expect(await closeCustomer('2024-07' as BillingMonth)).toBeUndefined();
  });

  it('FIN-14: lists the customers of a month with what is frozen', async () => {
    const other = await aLongCustomer({ of: partner });
    const referral = await aLongCustomer({ of: partner, type: 'referral' });
    await record(inMonth('2024-09'), aCharge(other, { listPrice: '3' }), aCharge(referral));
    const listed = [];
    for await (const month of listMonth(partner.partnerId, september))
      listed.push([month.customerId, exactText(month.expenditure)]);
    expect(listed.sort()).toEqual(
      [
        [customer.customerId, '1.00'],
        [other.customerId, '3.00'],
      ].sort(),
    );
  });

  it('FIN-14: records that arrive while the month is being closed are on exactly one of the two bills', async () => {
    const deliveries = Array.from({ length: 30 }, () => charges(5, customer, { listPrice: '0.01' }));
    const one = (records: object[], i: number) =>
      asSystem((now) =>
        ingest(
          records.map((raw, j) => ({ raw, mark: `test:${i}:${j}` })),
          now,
        ),
      );
    const closing = async (): Promise<void> => {
      await close();
      await closeCustomer();
    };
    const receipts = (
      await Promise.all(
        deliveries.map((records, i) => (i === 12 ? closing().then(() => one(records, i)) : one(records, i))),
      )
    ).flat();

    const [own, next] = await Promise.all([monthOf({ partner, customer }), monthOf({ partner, customer }, '2024-10')]);
    const counted = receipts.filter(({ receipt }) => receipt === 'counted').length;
    const late = receipts.filter(({ receipt }) => receipt === 'late').length;
    expect(counted + late).toBe(150);
    expect([own?.count ?? 0, next?.count ?? 0]).toEqual([counted, late]);
    expect(own?.usage).toBe('1.50');
    expect(await recordIdsOn({ partner, customer }, '2024-09')).toHaveLength(counted);
    expect(await recordIdsOn({ partner, customer }, '2024-10')).toHaveLength(late);
  });
});
