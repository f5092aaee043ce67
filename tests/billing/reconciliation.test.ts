import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { advancePartner, planRun, settlePart, startRun } from '#lib/billing/index.ts';
import { add, parseMoney } from '#lib/shared/money.ts';
import { type BillingMonth, monthPlus } from '#lib/shared/time.ts';
import { handler as getBillRun } from '../../functions/billing/get-bill-run.ts';
import { handler as listDifferences } from '../../functions/billing/list-differences.ts';
import { handler as listReconciliations } from '../../functions/billing/list-reconciliations.ts';
import { handler as reconcileBills } from '../../functions/billing/reconcile-bills.ts';
import { handler as rerunPartnerBill } from '../../functions/billing/rerun-partner-bill.ts';
import { handler as startReconciliation } from '../../functions/billing/start-reconciliation.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  crashAtWrite,
  deadLetters,
  drain,
  invoke,
  runSchedule,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { plant, plantLines } from './planting.ts';
import { aTaxRule, consume, runBilling } from './world.ts';

useStack();

let operator: Caller;
let partner: TestPartner;
let other: TestPartner;
let customers: TestCustomer[];
let cycle = '2015-01' as BillingMonth;
let ids: string[];

beforeAll(async () => {
  clock.set('2014-12-01T00:00:00+08:00');
  await aTaxRule('SG', { VAT: '0.07' }, '2014-01-01T00:00:00+08:00');
  operator = await anOperator();
  partner = await aPartner();
  other = await aPartner();
  customers = [await aCustomer({ of: partner }), await aCustomer({ of: partner }), await aCustomer({ of: other })];
});

const dueAt = () => `${monthPlus(cycle, 1)}-05T02:00:00+08:00`;
const billId = () => `bill_${cycle}_${partner.partnerId}`;

/** A cycle with three records of the partner and one of another partner. */
beforeEach(async () => {
  cycle = monthPlus(cycle, 1);
  clock.set(`${cycle}-28T00:00:00+08:00`);
  const [first, second, theirs] = customers as [TestCustomer, TestCustomer, TestCustomer];
  const at = `${cycle}-10T10:00:00+08:00`;
  ids = [
    ...(await consume(first, { list: '100', at }, { list: '50.5', at })),
    ...(await consume(second, { list: '0.3', at })),
  ];
  await consume(theirs, { list: '7', at });
  clock.set(dueAt());
});

async function reconcile(body: object = {}): Promise<void> {
  clock.advance({ minutes: 1 });
  expect(await invoke(startReconciliation, { as: operator, path: { cycle }, body })).toMatchObject({ status: 202 });
  await drain();
}

const results = async () =>
  (await invoke(listReconciliations, { as: operator, path: { cycle } })).body.items as Record<string, unknown>[];
const resultOf = async (of: TestPartner) => (await results()).find(({ partnerId }) => partnerId === of.partnerId);
const differences = async (query: Record<string, string | number> = {}) =>
  (await invoke(listDifferences, { as: operator, path: { cycle, partnerId: partner.partnerId }, query })).body;
const placeOf = async (of: TestPartner) =>
  (await invoke(getBillRun, { as: operator, path: { cycle } })).body.items.find(
    (item: { partnerId: string }) => item.partnerId === of.partnerId,
  );

it('FIN-50: records, lines and ledger of a bill agree, and the control room says so', async () => {
  await runBilling(dueAt());
  expect((await placeOf(partner)).reconciliation).toBeNull();
  await runSchedule(reconcileBills, `${monthPlus(cycle, 1)}-05T13:00:00+08:00`);
  await drain();
  expect(await resultOf(partner)).toMatchObject({
    state: 'done',
    reconciled: true,
    differences: 0,
    records: { count: 3, listPrice: '150.80000000' },
    lines: { count: 3, listPrice: '150.80000000', settlement: '150.80000000', due: '161.35600000' },
  });
  expect(await placeOf(partner)).toMatchObject({ reconciliation: { state: 'done', differences: 0 } });
  expect((await differences()).items).toEqual([]);
});

describe('a planted difference', () => {
  const month = () => ({
    pk: `MONTH#${partner.partnerId}#${cycle}`,
    sk: `CUSTOMER#${customers[0]?.customerId}`,
  });
  const posting = () => ({ pk: `LEDGER#${partner.partnerId}`, sk: `POSTING#${billId()}:issued` });
  const header = () => ({ pk: `BILLS#${partner.partnerId}`, sk: `BILL#${cycle}` });
  const record = (i: number) => ({ pk: `RECORD#${ids[i]}`, sk: 'RECORD' });
  const one = parseMoney('1');

  it.each([
    [
      'line-missing',
      () => plantLines(billId(), (lines) => lines.filter(({ charge }) => charge.recordId !== ids[1])),
      () => [{ kind: 'line-missing', recordId: ids[1], lineId: `line_${ids[1]}` }],
    ],
    [
      'record-missing',
      () => plant('expenditures', record(2), () => undefined),
      () => [
        { kind: 'record-missing', recordId: ids[2], customerId: customers[1]?.customerId },
        { kind: 'month-differs', customerId: customers[1]?.customerId, field: 'count', expected: '1', found: '0' },
        { kind: 'month-differs', field: 'expenditure', expected: '0.30', found: '0.00' },
      ],
    ],
    [
      'line-twice',
      () =>
        plantLines(billId(), (lines) =>
          lines.flatMap((line) => (line.charge.recordId === ids[2] ? [line, line] : [line])),
        ),
      () => [{ kind: 'line-twice', recordId: ids[2] }],
    ],
    [
      'line-differs',
      () =>
        plantLines(billId(), (lines) =>
          lines.map((line) =>
            line.charge.recordId === ids[0]
              ? { ...line, charge: { ...line.charge, listPrice: add(line.charge.listPrice, one) } }
              : line,
          ),
        ),
      () => [{ kind: 'line-differs', recordId: ids[0], field: 'listPrice', expected: '100.00', found: '101.00' }],
    ],
    [
      'line-differs',
      () =>
        plantLines(billId(), (lines) =>
          lines.map((line) =>
            line.charge.recordId === ids[0]
              ? { ...line, settlement: { ...line.settlement, amount: add(line.settlement.amount, one) } }
              : line,
          ),
        ),
      () => [
        { kind: 'line-differs', recordId: ids[0], field: 'settlementAmount', expected: '100.00', found: '101.00' },
        { kind: 'header-differs', field: 'expenditures', expected: '151.80', found: '150.80' },
      ],
    ],
    [
      'line-differs',
      () =>
        plantLines(billId(), (lines) =>
          lines.map((line) =>
            line.charge.recordId === ids[0]
              ? { ...line, amounts: { ...line.amounts, due: add(line.amounts.due, one) } }
              : line,
          ),
        ),
      () => [{ kind: 'line-differs', recordId: ids[0], field: 'due', expected: '107.00', found: '108.00' }],
    ],
    [
      'month-differs',
      () => plant('expenditures', month(), (item) => ({ ...item, count: 5 })),
      () => [
        { kind: 'month-differs', customerId: customers[0]?.customerId, field: 'count', expected: '5', found: '2' },
      ],
    ],
    [
      'header-differs',
      () => plant('billing', header(), (item) => ({ ...item, tax: parseMoney('10') })),
      () => [{ kind: 'header-differs', field: 'tax', expected: '10.556', found: '10.00' }],
    ],
    [
      'posting-missing',
      () => plant('ledger', posting(), () => undefined),
      () => [{ kind: 'posting-missing', field: 'bill.issued' }],
    ],
    [
      'ledger-differs',
      () =>
        plant('ledger', posting(), (item) => ({
          ...item,
          legs: (item.legs as { account: string; amount: bigint }[]).map((leg) =>
            leg.account === 'receivable' ? { ...leg, amount: parseMoney('161.35') } : leg,
          ),
        })),
      () => [{ kind: 'ledger-differs', field: 'receivable@USD', expected: '161.36', found: '161.35' }],
    ],
    [
      'ledger-differs',
      () =>
        plant('ledger', { ...posting(), sk: `POSTING#${billId()}:coupons:1` }, () => ({
          legs: [{ account: 'coupons-applied', currency: 'USD', amount: -parseMoney('3') }],
        })),
      () => [{ kind: 'ledger-differs', field: 'coupons-applied', expected: '0.00', found: '3.00' }],
    ],
  ])('FIN-14, FIN-50: %s is found and named, at this partner alone', async (_kind, planted, expected) => {
    await runBilling(dueAt());
    await planted();
    await reconcile();
    const found = await differences();
    for (const difference of expected()) {
      expect(found.items).toContainEqual(expect.objectContaining(difference));
    }
    expect(found.reconciliation).toMatchObject({ reconciled: false, differences: found.items.length });
    expect((await placeOf(partner)).reconciliation).toMatchObject({ differences: found.items.length });
    expect(await resultOf(other)).toMatchObject({ reconciled: true });
  });

  it('FIN-50: differences come page by page; mended, the next comparison finds none', async () => {
    await runBilling(dueAt());
    const lines = await plantLines(billId(), () => []);
    await reconcile({ partnerId: partner.partnerId });
    const all = (await differences()).items;
    expect(
      all.map(({ kind }: { kind: string }) => kind).filter((kind: string) => kind === 'line-missing'),
    ).toHaveLength(3);
    const paged: object[] = [];
    let cursor: string | undefined;
    do {
      const page = await differences({ limit: 2, ...(cursor ? { cursor } : {}) });
      expect(page.items.length).toBeLessThanOrEqual(2);
      paged.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    expect(paged).toEqual(all);

    await plantLines(billId(), () => lines);
    await reconcile({ partnerId: partner.partnerId });
    expect(await resultOf(partner)).toMatchObject({ reconciled: true });
    expect((await differences()).items).toEqual([]);
  });
});

describe('before the issue', () => {
  const message = () => ({ cycle, partnerId: partner.partnerId });

  /** Runs the cycle up to where the partner's lines are written and its bill is not. */
  async function upToTheIssue(): Promise<void> {
    const now = clock.now();
    await asSystem(() => startRun(cycle, 'system', now));
    await asSystem(() => planRun(cycle));
    for (let i = 0; i < 2; i += 1) await asSystem(() => advancePartner(message(), now));
    await asSystem(() => settlePart({ ...message(), part: 1 }));
  }

  it('FIN-14, FIN-19: a record without line parks this bill, naming it; the others go on; mended, it is issued', async () => {
    await upToTheIssue();
    const lines = await plantLines(billId(), (all) => all.filter(({ charge }) => charge.recordId !== ids[1]));
    await drain();
    expect(await placeOf(partner)).toMatchObject({
      state: 'parked',
      cause: { code: 'RECONCILIATION_FAILED', detail: `line-missing ${ids[1]}` },
      bill: null,
      reconciliation: { differences: 1 },
    });
    expect(await placeOf(other)).toMatchObject({ state: 'issued' });
    expect((await differences()).items).toMatchObject([{ kind: 'line-missing', recordId: ids[1] }]);

    const path = { cycle, partnerId: partner.partnerId };
    await invoke(rerunPartnerBill, { as: operator, path, body: { reason: 'nothing is mended yet' } });
    await drain();
    expect(await placeOf(partner)).toMatchObject({ state: 'parked', cause: { code: 'RECONCILIATION_FAILED' } });

    await plantLines(billId(), () => lines);
    await invoke(rerunPartnerBill, { as: operator, path, body: { reason: 'the line is back' } });
    await drain();
    expect(await placeOf(partner)).toMatchObject({ state: 'issued', linesEqualHeader: true });
    expect(await deadLetters('bill-runs')).toEqual([]);
    expect(await deadLetters('reconciliations')).toEqual([]);
  });

  it('FIN-14, FIN-19: so does a line without record', async () => {
    await upToTheIssue();
    await plantLines(billId(), (lines) => {
      const [line] = lines;
      return line
        ? [...lines, { ...line, charge: { ...line.charge, customerId: 'cus_zzz', recordId: 'rec-nobody' } }]
        : [];
    });
    await drain();
    expect(await placeOf(partner)).toMatchObject({
      state: 'parked',
      cause: { code: 'RECONCILIATION_FAILED', detail: 'record-missing rec-nobody' },
    });
  });

  it.each(Array.from({ length: 6 }, (_, i) => i + 1))(
    'FIN-165: a crash behind write %i of the comparison leaves it parked all the same',
    async (n) => {
      await upToTheIssue();
      await plantLines(billId(), (lines) => lines.slice(1));
      {
        using _fault = crashAtWrite(n, 'after');
        await drain();
      }
      expect(await placeOf(partner)).toMatchObject({ state: 'parked', cause: { code: 'RECONCILIATION_FAILED' } });
      expect((await differences()).items).toHaveLength(1);
    },
  );
});

it('FIN-50: what was never reconciled has no differences to list; a run that is not there cannot be reconciled', async () => {
  const path = { cycle, partnerId: partner.partnerId };
  expect(await invoke(listDifferences, { as: operator, path })).toMatchObject({ body: { code: 'NOT_RECONCILED' } });
  const start = (body: object) => invoke(startReconciliation, { as: operator, path: { cycle }, body });
  expect((await start({})).body.code).toBe('RUN_NOT_FOUND');
  await runBilling(dueAt());
  expect((await start({ partnerId: 'par_none' })).body.code).toBe('PARTNER_NOT_IN_RUN');
  expect((await invoke(startReconciliation, { as: partner, path: { cycle }, body: {} })).status).toBe(403);
});
