import { beforeEach, describe, expect, it } from 'vitest';
import { bookings, credit, debit, loadAccount, type Posting } from '#lib/ledger/index.ts';
import { parseMoney } from '#lib/shared/money.ts';
import { transact } from '#lib/shared/transaction.ts';
import { handler as allocateToSubaccount } from '../../functions/ledger/allocate-to-subaccount.ts';
import { handler as getAccount } from '../../functions/ledger/get-account.ts';
import { handler as getTrialBalance } from '../../functions/ledger/get-trial-balance.ts';
import { handler as listPostings } from '../../functions/ledger/list-postings.ts';
import { handler as listStatements } from '../../functions/ledger/list-statements.ts';
import {
  aMember,
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  invoke,
  type TestPartner,
  useStack,
} from '../support/index.ts';

useStack();

let operator: Caller;
let partner: TestPartner;
let topUps = 0;

beforeEach(async () => {
  clock.set('2024-08-05T10:00:00+08:00');
  operator = await anOperator();
  partner = await aPartner();
});

const topUp = async (amount: string, at?: string): Promise<void> => {
  if (at) clock.set(at);
  topUps += 1;
  const posting: Posting = {
    postingId: `top-up-${topUps}`,
    partnerId: partner.partnerId,
    kind: 'transfer.confirmed',
    reference: `clm_${topUps}`,
    legs: [debit('bank-clearing', 'USD', parseMoney(amount)), credit('cash', 'USD', parseMoney(amount))],
    statement: { type: 'Top-up', orderOrTransactionId: `clm_${topUps}` },
  };
  await asSystem(async (now) => {
    await transact({ writes: bookings(await loadAccount(partner.partnerId), [posting], now).writes });
  });
};
const allocate = (body: object, headers: Record<string, string> = {}) =>
  invoke(allocateToSubaccount, {
    as: operator,
    path: { partnerId: partner.partnerId },
    body: { currency: 'USD', reason: 'contract 17', ...body },
    headers,
  });
const statements = (query = {}, as: { subject: string } = partner) => invoke(listStatements, { as, query });

describe('allocate-to-subaccount', () => {
  it('FIN-142: is an expenditure of the account and an equal income of the subaccount', async () => {
    await topUp('100.00');
    const answer = await allocate({ amount: '30.00' });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        entries: [
          { account: 'account', direction: 'Expenditure', amount: '-30.00', balance: '70.00' },
          { account: 'subaccount', direction: 'Income', amount: '+30.00', balance: '30.00' },
        ],
      },
    });
    expect(answer.body.entries.map((entry: { transactionType: string }) => entry.transactionType)).toEqual([
      'Transaction mode change',
      'Transaction mode change',
    ]);
    expect((await invoke(getAccount, { as: partner })).body.accounts).toEqual([
      { kind: 'account', currency: 'USD', balance: '70.00' },
      { kind: 'subaccount', currency: 'USD', balance: '30.00' },
    ]);
  });

  it('FIN-142: more than the balance is refused and moves nothing; the whole of it is not', async () => {
    await topUp('10.00');
    expect(await allocate({ amount: '10.01' })).toMatchObject({ status: 409, body: { code: 'BALANCE_TOO_SMALL' } });
    expect(await allocate({ amount: '1.00', currency: 'HKD' })).toMatchObject({ status: 409 });
    expect((await statements()).body.items).toHaveLength(1);
    expect(await allocate({ amount: '10.00' })).toMatchObject({ status: 201 });
  });

  it('FIN-142: names every bad field', async () => {
    const answer = await allocate({ amount: '0.001', currency: 'usd', reason: ' ' });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/amount',
      '/currency',
      '/reason',
    ]);
    expect(await allocate({ amount: '0.00' })).toMatchObject({ status: 400 });
    expect(await allocate({ amount: '-1.00' })).toMatchObject({ status: 400 });
  });

  it('FIN-142: the same key moves it once', async () => {
    await topUp('100.00');
    const key = { 'idempotency-key': 'allocate-once' };
    const first = await allocate({ amount: '30.00' }, key);
    expect((await allocate({ amount: '30.00' }, key)).body).toEqual(first.body);
    expect(await allocate({ amount: '31.00' }, key)).toMatchObject({ status: 422 });
    expect((await statements()).body.items).toHaveLength(3);
  });

  it('FIN-142: two at once for the last 10.00: one', async () => {
    await topUp('10.00');
    const answers = await Promise.all([allocate({ amount: '10.00' }), allocate({ amount: '10.00' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});

describe('list-statements', () => {
  it('FIN-144, FIN-182: the newest first, in pages, with the balance behind each entry', async () => {
    await topUp('1.00', '2024-08-05T10:00:00+08:00');
    await topUp('2.00', '2024-08-05T10:00:01+08:00');
    await topUp('3.00', '2024-08-06T10:00:00+08:00');
    const first = await statements({ limit: 2 });
    expect(first.body.items).toMatchObject([
      { transactionNo: 'AC-000000003-0', amount: '+3.00', balance: '6.00', direction: 'Income', remarks: null },
      {
        transactionNo: 'AC-000000002-0',
        amount: '+2.00',
        balance: '3.00',
        transactionTime: '2024-08-05T02:00:01.000Z',
      },
    ]);
    const second = await statements({ limit: 2, cursor: first.body.nextCursor });
    expect(second.body.items).toMatchObject([{ transactionNo: 'AC-000000001-0' }]);
    expect(second.body.nextCursor).toBeUndefined();
  });

  it('FIN-144, FIN-161: by time range, both ends included, and by type', async () => {
    await topUp('5.00', '2024-08-05T10:00:00+08:00');
    await topUp('6.00', '2024-08-06T10:00:00+08:00');
    await allocate({ amount: '1.00' });
    const amounts = async (query: object) =>
      (await statements(query)).body.items.map(({ amount }: { amount: string }) => amount);
    const day = '2024-08-05T10:00:00+08:00';
    expect(await amounts({ from: day, to: day })).toEqual(['+5.00']);
    expect(await amounts({ to: '2024-08-05T09:59:59+08:00' })).toEqual([]);
    expect(await amounts({ type: 'Top-up,Expenditure (repayment)' })).toEqual(['+6.00', '+5.00']);
    expect(await amounts({ type: 'Transaction mode change' })).toEqual(['+1.00', '-1.00']);
    expect(await statements({ type: 'Top-up,Cash' })).toMatchObject({ status: 400 });
  });

  it('FIN-155, FIN example 33: from 13 months ago is 410 for the partner, from 12 is not; the operator reads it', async () => {
    await topUp('5.00', '2023-07-01T10:00:00+08:00');
    clock.set('2024-08-05T10:00:00+08:00');
    const query = { from: '2023-07-01T00:00:00+08:00' };
    expect(await statements(query)).toMatchObject({ status: 410, body: { code: 'CONTACT_OPERATOR' } });
    expect(await statements({ from: '2023-08-05T10:00:00+08:00' })).toMatchObject({ status: 200 });
    expect(await statements({ from: '2023-08-05T09:59:59+08:00' })).toMatchObject({ status: 410 });
    expect((await statements()).body.items).toEqual([]);
    const asked = await statements({ ...query, partnerId: partner.partnerId }, operator);
    expect(asked.body.items).toMatchObject([{ amount: '+5.00' }]);
  });

  it('FIN-01, FIN-03: not for resellers, not for account managers, and nobody else’s', async () => {
    await topUp('5.00');
    const other = await aPartner();
    expect((await statements({}, other)).body.items).toEqual([]);
    expect(await statements({ partnerId: partner.partnerId }, other)).toMatchObject({ status: 404 });
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ type: 'reseller', distributorId: distributor.partnerId });
    expect(await statements({}, reseller)).toMatchObject({ status: 403, body: { code: 'PARTNER_TYPE_NOT_BILLED' } });
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    expect(await statements({}, manager)).toMatchObject({ status: 403 });
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    expect(await statements({}, finance)).toMatchObject({ status: 200 });
  });
});

describe('the books', () => {
  it('FIN-167: the trial balance of a partner and of all shows debits equal to credits', async () => {
    await topUp('100.00');
    await allocate({ amount: '30.00' });
    const own = await invoke(getTrialBalance, { as: operator, query: { partnerId: partner.partnerId } });
    expect(own.body).toEqual({
      partnerId: partner.partnerId,
      rows: [
        { account: 'bank-clearing', currency: 'USD', debit: '100.00', credit: '0.00' },
        { account: 'cash', currency: 'USD', debit: '0.00', credit: '70.00' },
        { account: 'subaccount', currency: 'USD', debit: '0.00', credit: '30.00' },
      ],
      totals: [{ currency: 'USD', debit: '100.00', credit: '100.00', balanced: true }],
    });
    const all = await invoke(getTrialBalance, { as: operator });
    expect(all.body.totals).toMatchObject([{ currency: 'USD', balanced: true }]);
    expect(await invoke(getTrialBalance, { as: partner })).toMatchObject({ status: 403 });
  });

  it('FIN-167: the double entries of a partner, the newest first', async () => {
    await topUp('100.00');
    clock.set('2024-08-05T11:00:00+08:00');
    await allocate({ amount: '30.00' });
    const list = (query = {}) => invoke(listPostings, { as: operator, path: { partnerId: partner.partnerId }, query });
    const first = await list({ limit: 1 });
    expect(first.body.items).toMatchObject([
      {
        kind: 'subaccount.allocated',
        legs: [
          { account: 'cash', debit: '30.00', credit: '0.00' },
          { account: 'subaccount', debit: '0.00', credit: '30.00' },
        ],
        remarks: 'contract 17',
      },
    ]);
    const second = await list({ limit: 1, cursor: first.body.nextCursor });
    expect(second.body.items).toMatchObject([{ kind: 'transfer.confirmed', postedAt: '2024-08-05T02:00:00.000Z' }]);
    expect((await list({ to: '2024-08-05T10:00:00+08:00' })).body.items).toHaveLength(1);
  });
});
