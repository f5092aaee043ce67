import { beforeAll, expect, it } from 'vitest';
import { handler as getBill } from '../../functions/billing/get-bill.ts';
import { handler as confirmBankTransfer } from '../../functions/repayments/confirm-bank-transfer.ts';
import { handler as getAmountDue } from '../../functions/repayments/get-amount-due.ts';
import { handler as listRepayments } from '../../functions/repayments/list-repayments.ts';
import { handler as listUnpaidBills } from '../../functions/repayments/list-unpaid-bills.ts';
import { aTaxRule, consume, runBilling } from '../billing/world.ts';
import { aClaim } from '../repayments/claims.ts';
import { booksOutBy } from '../repayments/owing.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  clock,
  drain,
  invoke,
  publishedEvents,
  type TestPartner,
  useStack,
} from '../support/index.ts';

useStack();

let partner: TestPartner;
let refunded: TestPartner;
let frozenAtFirst: unknown[];
const due = async () => (await invoke(getAmountDue, { as: partner })).body.amounts[0];

beforeAll(async () => {
  clock.set('2024-06-01T00:00:00+08:00');
  await aTaxRule('SG');
  partner = await aPartner();
  const customer = await aCustomer({ of: partner });
  refunded = await aPartner();
  const leaving = await aCustomer({ of: refunded });
  let order: string | undefined;
  frozenAtFirst = await publishedEvents('customer.frozen');
  for (const [month, next, list] of [
    ['2024-06', '2024-07', '900'],
    ['2024-07', '2024-08', '10444.73'],
  ] as const) {
    clock.set(`${month}-20T12:00:00+08:00`);
    await consume(customer, { list, at: `${month}-20T10:00:00+08:00` });
    const ordered = { billingMode: 'yearly-monthly', at: `${month}-20T11:00:00+08:00` };
    if (order === undefined) [order] = await consume(leaving, { ...ordered, list: '100' }, { ...ordered, list: '50' });
    else await consume(leaving, { ...ordered, list: '-100', billType: 'refund', originalRecordId: order });
    clock.set(`${next}-05T02:30:00+08:00`);
    await runBilling(`${next}-05T02:00:00+08:00`);
  }
});

it('FIN-143, FIN-164, FIN-173 (acceptance 21): two bills are owed; the older one alone is overdue', async () => {
  expect(await due()).toMatchObject({
    total: '11344.73',
    latestCycle: '10444.73',
    previousCycles: '900.00',
    overdue: '900.00',
  });
});

it('FIN-76, FIN-82, FIN-87 (acceptance 21): 1,000.00 by transfer pay June and a part of July', async () => {
  clock.set('2024-08-06T10:00:00+08:00');
  const operator = await anOperator();
  const { claimId } = await aClaim(partner, { amount: '1000.00', topUpTime: '2024-08-06' });
  expect((await due()).total).toBe('11344.73'); // a claim alone pays nothing
  clock.set('2024-08-07T10:00:00+08:00');
  const body = { expectedVersion: 1, reason: 'found on the account' };
  expect((await invoke(confirmBankTransfer, { as: operator, path: { claimId }, body })).body.status).toBe('confirmed');
  await drain();

  const bill = async (cycle: string) =>
    (await invoke(getBill, { as: partner, path: { billId: `bill_${cycle}_${partner.partnerId}` } })).body;
  expect(await bill('2024-06')).toMatchObject({ status: 'paid', outstanding: '0.00', paidAt: clock.now() });
  expect(await bill('2024-07')).toMatchObject({
    status: 'partially-paid',
    amountDue: '10444.73',
    outstanding: '10344.73',
  });
  expect(await due()).toMatchObject({ total: '10344.73', previousCycles: '0.00', overdue: '0.00', balance: '0.00' });
  expect((await invoke(listRepayments, { as: partner })).body.items).toMatchObject(
    expect.arrayContaining([
      expect.objectContaining({ method: 'bank-transfer', amount: '1000.00', allocations: [] }),
      expect.objectContaining({ method: 'balance', amount: '1000.00', transactionNos: ['AC-000000002-0'] }),
    ]),
  );
  expect(Object.values(await booksOutBy())).toEqual([0n]);
});

it('FIN-162, FIN-163 (acceptance 31): issued 5 August, not overdue on 20 August 23:59, overdue on 21 August 00:10', async () => {
  const overdue = async () => (await invoke(listUnpaidBills, { as: partner })).body.items;
  clock.set('2024-08-20T23:59:00+08:00');
  expect(await overdue()).toMatchObject([{ cycle: '2024-07', overdue: false }]);
  clock.set('2024-08-21T00:10:00+08:00');
  expect(await overdue()).toMatchObject([{ cycle: '2024-07', overdue: true }]);
  expect((await due()).overdue).toBe('10344.73');
});

it('FIN-163, FIN-184: months later the debt has not grown, and nobody is frozen for it', async () => {
  clock.set('2024-12-31T12:00:00+08:00');
  expect(await due()).toMatchObject({ total: '10344.73', overdue: '10344.73' });
  expect(await publishedEvents('customer.frozen')).toEqual(frozenAtFirst);
});

it('FIN-45, FIN-87: what a negative bill gives back pays the older one', async () => {
  const statusOf = async (cycle: string) =>
    (await invoke(getBill, { as: refunded, path: { billId: `bill_${cycle}_${refunded.partnerId}` } })).body;
  expect(await statusOf('2024-07')).toMatchObject({ status: 'no-payment-due', credit: '100.00' });
  expect(await statusOf('2024-06')).toMatchObject({
    status: 'partially-paid',
    paidAmount: '100.00',
    outstanding: '50.00',
  });
  expect((await invoke(getAmountDue, { as: refunded })).body.amounts).toMatchObject([
    { total: '50.00', balance: '0.00' },
  ]);
});
