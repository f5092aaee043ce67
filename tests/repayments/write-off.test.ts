import { beforeAll, beforeEach, expect, it } from 'vitest';
import { listStatements, loadAccount, postingsOf } from '#lib/ledger/index.ts';
import { isCycleFullyPaid } from '#lib/repayments/index.ts';
import { parseMoney, ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import { handler as writeOffBill } from '../../functions/repayments/write-off-bill.ts';
import {
  anOperator,
  aPartner,
  type Caller,
  clock,
  crashAtWrite,
  drain,
  invoke,
  publishedEvents,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { aDebtor, billOf, booksOutBy, credit } from './owing.ts';

useStack();

let operator: Caller;
beforeAll(async () => {
  operator = await anOperator();
});
beforeEach(() => void clock.set('2024-08-05T02:30:00+08:00'));

const july = { cycle: '2024-07', amount: '100.00' };
const billIdOf = ({ partnerId }: TestPartner) => `bill_2024-07_${partnerId}`;
const writeOff = (
  partner: TestPartner,
  amount: string,
  wish: { query?: { dryRun: string }; headers?: Record<string, string>; as?: Caller } = {},
) =>
  invoke(writeOffBill, {
    as: operator,
    path: { billId: billIdOf(partner) },
    body: { amount, reason: 'settled out of court' },
    ...wish,
  });

it('FIN-70: outstanding falls; amount due, lines, statement and account balance stay', async () => {
  const partner = await aDebtor([july]);
  await credit(partner, '50.00');
  await drain();
  const before = await loadAccount(partner.partnerId);
  expect((await writeOff(partner, '20.00')).body).toMatchObject({
    status: 'partially-paid',
    amountDue: '100.00',
    amountDuePayment: '100.00',
    paidAmount: '50.00',
    writtenOffAmount: '20.00',
    outstanding: '30.00',
  });
  expect((await writeOff(partner, '30.00')).body).toMatchObject({ status: 'written-off', outstanding: '0.00' });
  const after = await loadAccount(partner.partnerId);
  expect(after.entries).toBe(before.entries);
  expect(after.balances).toMatchObject({ 'receivable@USD': ZERO, 'write-offs@USD': parseMoney('50') });
  const range = { from: instant('2024-08-01T00:00:00Z'), to: instant('2024-08-31T00:00:00Z') };
  expect((await listStatements(partner.partnerId, range, { limit: 10 })).entries).toHaveLength(2);
  expect(await tracesOf(partner.partnerId, 'write-off-bill')).toMatchObject([
    {
      before: { outstanding: '50.00' },
      after: { outstanding: '30.00', amount: '20.00', reason: 'settled out of court' },
    },
    { after: { status: 'written-off', outstanding: '0.00' } },
  ]);
  const events = await publishedEvents('bill.written-off');
  expect(events.map(({ detail }) => detail)).toMatchObject([
    { amount: '20.00', outstanding: '30.00' },
    { amount: '30.00', outstanding: '0.00' },
  ]);
  expect(await isCycleFullyPaid(partner.partnerId, '2024-07' as BillingMonth)).toBe(false); // FIN-92
  expect(Object.values(await booksOutBy()).every((sum) => sum === ZERO)).toBe(true);
});

it('FIN-70: no more than is outstanding, and more than nothing', async () => {
  const partner = await aDebtor([july]);
  expect((await writeOff(partner, '100.01')).body.code).toBe('AMOUNT_EXCEEDS_OUTSTANDING');
  for (const amount of ['0', '-5', '0.001']) {
    expect((await writeOff(partner, amount)).body).toMatchObject({
      code: 'INPUT_INVALID',
      errors: [{ pointer: '/amount' }],
    });
  }
  expect((await writeOff(partner, '100.00')).body.status).toBe('written-off');
  expect((await writeOff(partner, '0.01')).body.code).toBe('AMOUNT_EXCEEDS_OUTSTANDING');
});

it('FIN-70: a revision that was never issued says so', async () => {
  const partner = await aDebtor([july]);
  const path = { billId: `${billIdOf(partner)}_r2` };
  const body = { amount: '1.00', reason: 'x' };
  expect((await invoke(writeOffBill, { as: operator, path, body })).body.code).toBe('BILL_NOT_ISSUED');
  expect((await billOf(partner, '2024-07')).debt.writtenOffAmount).toBe(ZERO);
});

it('FIN-70: with dryRun the same answer, and nothing has changed', async () => {
  const partner = await aDebtor([july]);
  const dry = await writeOff(partner, '40.00', { query: { dryRun: 'true' } });
  expect(dry.body).toMatchObject({ writtenOffAmount: '40.00', outstanding: '60.00' });
  expect((await billOf(partner, '2024-07')).debt.outstanding).toBe(parseMoney('100'));
  expect(await tracesOf(partner.partnerId, 'write-off-bill')).toEqual([]);
  expect((await writeOff(partner, '40.00')).body).toEqual(dry.body);
});

it('FIN-70: two write-offs, or a write-off and a payment, at once never take more than is owed', async () => {
  const partner = await aDebtor([july]);
  await credit(partner, '60.00');
  const [one, other] = await Promise.all([writeOff(partner, '40.00'), writeOff(partner, '40.00'), drain()]);
  await drain();
  const { debt } = await billOf(partner, '2024-07');
  const done = [one, other].filter(({ status }) => status === 200).length;
  expect(done).toBeGreaterThan(0);
  expect(debt.writtenOffAmount).toBe(parseMoney(String(done * 40)));
  expect(debt.paidAmount).toBe(parseMoney(String(100 - done * 40)));
  expect(debt.outstanding).toBe(ZERO);
  let posted = 0;
  for await (const { kind } of postingsOf(partner.partnerId, billIdOf(partner)))
    if (kind === 'bill.written-off') posted += 1;
  expect(posted).toBe(done);
});

it('FIN-70: the same Idempotency-Key writes off once, also when the answer was lost', async () => {
  const partner = await aDebtor([july]);
  const headers = { 'idempotency-key': `off-${partner.partnerId}` };
  {
    using crash = crashAtWrite(2, 'after'); // the first one claims the key
    expect((await writeOff(partner, '10.00', { headers })).status).toBe(500);
    expect(crash.struck).toBe(true);
  }
  expect((await writeOff(partner, '10.00', { headers })).body.code).toBe('REQUEST_ALREADY_APPLIED');
  expect((await billOf(partner, '2024-07')).debt.writtenOffAmount).toBe(parseMoney('10'));
});

it('FIN-70: for operators, with a reason, and for bills that were issued', async () => {
  const [partner, empty] = [await aDebtor([july]), await aPartner()];
  expect((await writeOff(partner, '1.00', { as: partner })).body.code).toBe('PERMISSION_DENIED');
  const path = { billId: billIdOf(partner) };
  expect((await invoke(writeOffBill, { as: operator, path, body: { amount: '1.00' } })).body.code).toBe(
    'INPUT_INVALID',
  );
  expect((await writeOff(empty, '1.00')).body.code).toBe('BILL_NOT_ISSUED');
  const unknown = { as: operator, path: { billId: 'bill_x' }, body: { amount: '1.00', reason: 'x' } };
  expect((await invoke(writeOffBill, unknown)).body.code).toBe('BILL_NOT_FOUND');
});
