import { beforeAll, describe, expect, it } from 'vitest';
import { type Coupon, listUsages } from '#lib/coupons/index.ts';
import { ingest } from '#lib/expenditures/index.ts';
import { loadAccount } from '#lib/ledger/index.ts';
import { exactText } from '#lib/shared/money.ts';
import { handler as getBillRun } from '../../functions/billing/get-bill-run.ts';
import { handler as getMonthlyBill } from '../../functions/billing/get-monthly-bill.ts';
import { handler as rerunPartnerBill } from '../../functions/billing/rerun-partner-bill.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  drain,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { aCouponFor, balancesOf } from './coupons.ts';
import { allLines } from './lines.ts';
import { takeAway } from './take-away.ts';
import { aTaxRule, consume, runBilling } from './world.ts';

useStack();

/** One slice holds 5,000, one commit of the coupons 1,500 uses. */
const RECORDS = 5_200;
let operator: Caller;
let partner: TestPartner;
let small: TestCustomer;
let coupon: Coupon;
let crowd: Coupon[];

beforeAll(async () => {
  clock.set('2024-07-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('SG');
  partner = await aPartner();
  const big = await aCustomer({ of: partner });
  small = await aCustomer({ of: partner });
  const onlyEcs = { productScope: { mode: 'include', codes: ['ecs'] } } as const;
  coupon = await aCouponFor(partner, { face: '4000', customerId: big.customerId, ...onlyEcs });
  crowd = [];
  for (let i = 0; i < 30; i += 1) crowd.push(await aCouponFor(partner, { face: '1', customerId: small.customerId }));
  await consume(small, { list: '40.5', at: '2024-07-10T10:00:00+08:00' });
  for (let start = 0; start < RECORDS; start += 500) await deliver(big, start, Math.min(500, RECORDS - start));
  const refund = { billType: 'refund', originalRecordId: 'big-00000', restoresCoupons: true } as const;
  await consume(big, { ...refund, list: '-1', at: '2024-07-30T10:00:00+08:00' });
}, 240_000);

const deliver = (customer: TestCustomer, start: number, count: number) =>
  asSystem((now) => {
    const records = Array.from({ length: count }, (_, i) => ({
      raw: charge(customer, start + i),
      mark: `test:${start + i}`,
    }));
    return ingest(records, now);
  });

/** 1.00 each, on the days from the 1st to the 28th. */
const charge = ({ customerId }: TestCustomer, i: number) => ({
  recordId: `big-${String(i).padStart(5, '0')}`,
  customerId,
  billType: 'expenditure',
  billingMode: 'pay-per-use',
  productType: 'Elastic Cloud Server',
  productTypeCode: 'ecs',
  productName: 'General computing',
  productId: 'p-1',
  orderId: `order-${i}`,
  currency: 'USD',
  settlementClass: 'common',
  listPrice: '1',
  spentFrom: `2024-07-${String((i % 28) + 1).padStart(2, '0')}T09:00:00+08:00`,
  spentTo: `2024-07-${String((i % 28) + 1).padStart(2, '0')}T10:00:00+08:00`,
});

const place = async () =>
  (await invoke(getBillRun, { as: operator, path: { cycle: '2024-07' } })).body.items.find(
    (item: { partnerId: string }) => item.partnerId === partner.partnerId,
  );

describe('a bill whose coupons take several commits', () => {
  it('FIN-14: a record that the index does not show is noticed before coupons are touched; nothing of the try stays', async () => {
    clock.set('2024-08-05T02:30:00+08:00');
    const missing = await takeAway('big-00100');
    await runBilling('2024-08-05T02:00:00+08:00');
    expect(await place()).toMatchObject({ state: 'parked', cause: { code: 'LINES_INCOMPLETE' } });
    expect((await balancesOf(partner))[coupon.couponId]).toBe('4000.00');
    await missing.putBack();
    const path = { cycle: '2024-07', partnerId: partner.partnerId };
    await invoke(rerunPartnerBill, { as: operator, path, body: { reason: 'the index has caught up' } });
    await drain();
    expect(await place()).toMatchObject({ state: 'issued', linesEqualHeader: true, lines: { count: RECORDS + 2 } });
  }, 120_000);

  it('FIN-51, FIN-166: header, lines, coupons and ledger agree', async () => {
    // 5,200 + 40.5 − 1 − (4,000 − 1 taken back) − 30
    const bill = (await invoke(getMonthlyBill, { as: partner, path: { cycle: '2024-07' } })).body;
    expect(bill).toMatchObject({ couponsUsed: '4029.00000000', amountDue: '1210.50' });
    const { balances } = await loadAccount(partner.partnerId);
    expect(balances['coupons-applied@USD']).toBe(0n);
    expect(exactText(balances['coupons@USD'] ?? (0n as never))).toBe('-1.00'); // given back
    expect((await balancesOf(partner))[coupon.couponId]).toBe('1.00');
  });

  it('FIN-51: the first lines of the month took, in their order; each once', async () => {
    const lines = await allLines(partner, '2024-07', { customerId: coupon.customerId ?? '' });
    const covered = lines.filter(({ couponsUsed }) => couponsUsed === '1.00000000');
    const uncovered = lines.filter(({ couponsUsed }) => couponsUsed === '0.00000000');
    expect([covered.length, uncovered.length]).toEqual([4_000, 1_200]);
    const lastCovered = covered.at(-1)?.transactionTime ?? '';
    expect(uncovered.every(({ transactionTime }) => String(transactionTime) >= lastCovered)).toBe(true);
    expect(lines.find(({ billType }) => billType === 'Refund')).toMatchObject({ couponsUsed: '-1.00000000' });
  }, 120_000);

  it('FIN-55: a line that thirty coupons pay for has the use of each', async () => {
    const [line] = await allLines(partner, '2024-07', { customerId: small.customerId });
    expect(line?.couponsUsed).toBe('30.00000000');
    expect(line?.couponUsages).toHaveLength(30);
    const balances = await balancesOf(partner);
    expect(crowd.map(({ couponId }) => balances[couponId])).toEqual(crowd.map(() => '0.00'));
  });

  it('FIN-136: usage records are listed page by page, the newest first, each once', async () => {
    const ids: string[] = [];
    let startKey: Record<string, unknown> | undefined;
    do {
      const page = await listUsages(coupon.couponId, { limit: 700, startKey });
      ids.push(...page.usages.map(({ lineId }) => lineId));
      startKey = page.nextKey;
    } while (startKey);
    expect([ids.length, new Set(ids).size]).toEqual([4_001, 4_001]);
  });
});
