import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BillingMonth, monthPlus } from '#lib/shared/time.ts';
import { handler as getBill } from '../../functions/billing/get-bill.ts';
import { handler as getBillPreview } from '../../functions/billing/get-bill-preview.ts';
import { handler as listBillPreviews } from '../../functions/billing/list-bill-previews.ts';
import { handler as reissueBill } from '../../functions/billing/reissue-bill.ts';
import { handler as rerunPartnerBill } from '../../functions/billing/rerun-partner-bill.ts';
import { handler as startBillRun } from '../../functions/billing/start-bill-run.ts';
import { handler as voidBill } from '../../functions/billing/void-bill.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  type Caller,
  clock,
  crashAtWrite,
  drain,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { contents } from './contents.ts';
import { aCouponFor } from './coupons.ts';
import { percentage } from './discounts.ts';
import { aTaxRule, consume, grant, runBilling } from './world.ts';

useStack();

const SINCE = '2014-01-01T00:00:00+08:00';
const FOR_EVER = { from: SINCE, to: '2099-12-31T23:59:59+08:00' };
const DRY = { dryRun: 'true' };
let operator: Caller;
let partner: TestPartner;
let customers: [TestCustomer, TestCustomer];
let cycle = '2022-01' as BillingMonth;

beforeAll(async () => {
  clock.set('2021-12-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('IN', { CGST: '0.09', SGST: '0.09' }, SINCE);
});

/** Every test has a cycle and a partner of its own, with coupons, a discount, and a refund of a line that a coupon paid. */
beforeEach(async () => {
  cycle = monthPlus(cycle, 2);
  clock.set(`${monthPlus(cycle, -1)}-15T00:00:00+08:00`);
  partner = await aPartner({ registrationArea: { countryRegion: 'IN' } });
  customers = [await aCustomer({ of: partner }), await aCustomer({ of: partner })];
  await grant(partner, [percentage('0.1')], { from: SINCE });
  await aCouponFor(partner, { face: '60', customerId: customers[1].customerId, ...FOR_EVER });
  await aCouponFor(partner, { face: '45.5', kind: 'test', ...FOR_EVER });
  await aCouponFor(partner, { face: '30', multiUse: false, ...FOR_EVER });
  clock.set(`${cycle}-28T00:00:00+08:00`);
  const order = { billingMode: 'yearly-monthly', orderType: 'new-purchase', numberOfTerms: 1, termUnit: 'Month' };
  const [paid] = await consume(customers[0], { list: '33.333333333333', at: at('03'), ...order });
  await consume(
    customers[0],
    { list: '100.123456789', at: at('10') },
    { list: '-7.7', at: at('11'), billType: 'adjustment' },
  );
  await consume(customers[1], { list: '77.7', at: at('08') }, { list: '0.00000001', at: at('09') });
  await consume(customers[0], {
    list: '-11.1',
    at: at('05'),
    billingMode: 'yearly-monthly',
    orderType: 'unsubscription',
    billType: 'refund',
    originalRecordId: paid,
    restoresCoupons: true,
  });
  await drain(); // what the world itself set in motion
  clock.set(dueAt());
});

const at = (day: string) => `${cycle}-${day}T10:00:00+08:00`;
const dueAt = () => `${monthPlus(cycle, 1)}-05T02:00:00+08:00`;
const billId = (revision = '') => `bill_${cycle}_${partner.partnerId}${revision}`;
const previewed = async (jobId: string) => (await invoke(getBillPreview, { as: operator, path: { jobId } })).body;
const issued = async (revision = '') =>
  (await invoke(getBill, { as: operator, path: { billId: billId(revision) } })).body;

async function preview(): Promise<string> {
  const path = { cycle, partnerId: partner.partnerId };
  const answer = await invoke(rerunPartnerBill, { as: operator, path, query: DRY, body: { reason: 'before the run' } });
  expect(answer).toMatchObject({ status: 202, body: { dryRun: true, status: 'pending', preview: null } });
  await drain();
  return answer.body.jobId;
}

describe('a dry run', () => {
  it('FIN-51, FIN-185: and the run after it give equal figures, coupons and refunds included', async () => {
    const { status, preview: shown } = await previewed(await preview());
    expect(status).toBe('completed');
    await runBilling(dueAt());
    const real = await issued();
    expect(shown.bill).toEqual(real);
    expect(Number(real.couponsUsed)).toBeGreaterThan(100);
    expect(shown.comparedWith).toBe('nothing');
    expect(shown.coupons).toHaveLength(3);
    expect(shown.notes).toContainEqual(expect.objectContaining({ rule: 'FIN-39' }));
    expect(shown.posting).toContainEqual({ account: 'receivable', currency: 'USD', amount: real.amountDuePayment });
  });

  it('FIN-14: changes no item of the tables', async () => {
    const before = await contents();
    await preview();
    expect(await contents()).toEqual(before);
  });

  it('FIN-14: of the whole run is one preview per partner, and freezes nothing', async () => {
    const other = await aPartner({ registrationArea: { countryRegion: 'FR' } });
    await drain();
    const before = await contents();
    const answer = await invoke(startBillRun, { as: operator, query: DRY, body: { cycle } });
    expect(answer).toMatchObject({ status: 202, body: { dryRun: true, cycle } });
    await drain();
    expect(await contents()).toEqual(before);
    const { items } = (await invoke(listBillPreviews, { as: operator, path: { cycle }, query: { limit: 100 } })).body;
    const of = ({ partnerId }: TestPartner) =>
      items.find((item: { partnerId: string }) => item.partnerId === partnerId);
    expect(of(partner)).toMatchObject({ status: 'completed', preview: { bill: { lineCount: 6 } } });
    expect(of(other)).toMatchObject({ status: 'failed', failure: expect.stringContaining('TAX_RULE_MISSING') });
  });

  it('FIN-14: of a re-issue says what would take the place of the bill, and the re-issue does', async () => {
    await runBilling(dueAt());
    await grant(partner, [percentage('0.25', { settlementClass: 'special' })], {
      customerId: customers[0].customerId,
      from: SINCE,
    });
    await drain();
    const before = await contents();
    const asked = { as: operator, path: { billId: billId() }, body: { reason: 'discount' } };
    const { jobId } = (await invoke(reissueBill, { ...asked, query: DRY })).body;
    await drain();
    expect(await contents()).toEqual(before);
    const { preview: shown } = await previewed(jobId);
    expect(shown).toMatchObject({ comparedWith: 'issued', bill: { billId: billId('_r2') } });
    expect(shown.differences).toContainEqual(expect.objectContaining({ field: 'expenditures' }));

    await invoke(voidBill, asked);
    await drain();
    await invoke(reissueBill, asked);
    await drain();
    expect(shown.bill).toEqual(await issued('_r2'));
  });

  it.each([1, 2, 3, 4])('FIN-165: a crash behind write %i gives the same result in the end', async (n) => {
    const path = { cycle, partnerId: partner.partnerId };
    const asked = { as: operator, path, query: DRY, body: { reason: 'twice' } };
    {
      using _fault = crashAtWrite(n, 'after');
      await invoke(rerunPartnerBill, asked);
      await drain();
    }
    const { jobId } = (await invoke(rerunPartnerBill, asked)).body; // the same instant: the same preview
    await drain();
    const { status, preview: shown } = await previewed(jobId);
    expect(status).toBe('completed');
    await runBilling(dueAt());
    expect(shown.bill).toEqual(await issued());
  });

  it('FIN-14: is for operators, and a preview that is not there is not found', async () => {
    expect(await invoke(getBillPreview, { as: operator, path: { jobId: 'job_none' } })).toMatchObject({
      body: { code: 'PREVIEW_NOT_FOUND' },
    });
    expect((await invoke(startBillRun, { as: partner, query: DRY, body: { cycle } })).status).toBe(403);
  });
});
