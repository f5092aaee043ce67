import { beforeAll, expect, it } from 'vitest';
import { setTaxRule } from '#lib/billing/index.ts';
import { loadTrialBalance } from '#lib/ledger/index.ts';
import { isCycleFullyPaid } from '#lib/repayments/index.ts';
import { parseMoney } from '#lib/shared/money.ts';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import { handler as getBill } from '../../functions/billing/get-bill.ts';
import { handler as getInvoice } from '../../functions/invoices/get-invoice.ts';
import { handler as listInvoices } from '../../functions/invoices/list-invoices.ts';
import { handler as listCertificates } from '../../functions/invoices/list-withholding-certificates.ts';
import { handler as reviewCertificate } from '../../functions/invoices/review-withholding-certificate.ts';
import { handler as uploadCertificate } from '../../functions/invoices/upload-withholding-certificate.ts';
import { consume, runBilling } from '../billing/world.ts';
import { anAttachment } from '../invoices/handed-in.ts';
import { anIssuingEntity, aTopUpAccount } from '../invoices/world.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  invoke,
  publishedEvents,
  type TestPartner,
  useStack,
} from '../support/index.ts';

useStack();

const CHANGE = '2021-11-01T00:00:00+08:00';
let operator: Caller;
let malaysian: TestPartner;

beforeAll(async () => {
  clock.set('2021-09-01T00:00:00+08:00');
  operator = await anOperator();
  const rule = { countryRegion: 'MY', components: [] };
  const rate = parseMoney('0.1');
  await asSystem((now) =>
    setTaxRule(
      { ...rule, effectiveFrom: instant('2020-01-01T00:00:00+08:00'), withholding: { mode: 'exclusive', rate } },
      'test',
      now,
    ),
  );
  await asSystem((now) =>
    setTaxRule({ ...rule, effectiveFrom: instant(CHANGE), withholding: { mode: 'inclusive', rate } }, 'test', now),
  );
  await anIssuingEntity();
  await aTopUpAccount();
  malaysian = await aPartner({ registrationArea: { countryRegion: 'MY' } });
  const customer = await aCustomer({ of: malaysian });
  for (const [month, next] of [
    ['2021-10', '2021-11'],
    ['2021-12', '2022-01'],
  ] as const) {
    clock.set(`${month}-20T00:00:00+08:00`);
    await consume(customer, { list: '100', at: `${month}-10T10:00:00+08:00` });
    clock.set(`${next}-05T02:00:00+08:00`);
    await runBilling(`${next}-05T02:00:00+08:00`);
  }
});

const billOf = async (cycle: string) =>
  (await invoke(getBill, { as: malaysian, path: { billId: `bill_${cycle}_${malaysian.partnerId}` } })).body;
const invoiceOf = async (cycle: string) =>
  (await invoke(listInvoices, { as: malaysian, query: { period: cycle } })).body.items[0];
const upload = async (invoiceNo: string, amount: string) =>
  invoke(uploadCertificate, {
    as: malaysian,
    path: { invoiceNo },
    body: { amount, rate: '0.1', attachmentId: await anAttachment(malaysian) },
  });
const decide = (certificateId: string, accepted: boolean) =>
  invoke(reviewCertificate, { as: operator, path: { certificateId }, body: { accepted, reason: 'reviewed' } });

it('Example 30, FIN-119, FIN-122, FIN-123: spending of October is expected in full, of December 10.00 is withheld', async () => {
  expect(await invoiceOf('2021-10')).toMatchObject({ amount: '100.00', whtIncluded: false, whtAmount: '0.00' });
  expect(await invoiceOf('2021-12')).toMatchObject({ amount: '100.00', whtIncluded: true, whtAmount: '10.00' });
});

it('FIN-124: an invoice without withholding tax takes no certificate', async () => {
  const { invoiceNo } = await invoiceOf('2021-10');
  expect((await upload(invoiceNo, '10.00')).body.code).toBe('CERTIFICATE_NOT_EXPECTED');
});

it('FIN-124: the document says what to transfer and what to hand in', async () => {
  const { invoiceNo } = await invoiceOf('2021-12');
  const { body } = await invoke(getInvoice, { as: malaysian, path: { invoiceNo } });
  const xml = await (await fetch(body.files.xml)).text();
  expect(xml).toContain('withholding tax of 10.00 USD. Transfer 90.00 USD');
});

it('FIN-125: a certificate covers no more than the withheld part, whole cents and once', async () => {
  const { invoiceNo } = await invoiceOf('2021-12');
  for (const amount of ['10.01', '0.00', '-1.00', '9.999'])
    expect((await upload(invoiceNo, amount)).body.code, amount).toBe('CERTIFICATE_AMOUNT_INVALID');
  const both = await Promise.all([upload(invoiceNo, '10.00'), upload(invoiceNo, '10.00')]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
});

it('FIN-125: rejected, its part is open again; accepted, it clears the bill that was paid but for it (example 30, FIN-126)', async () => {
  const { invoiceNo } = await invoiceOf('2021-12');
  const { body: waiting } = await invoke(listCertificates, { as: operator });
  const [{ certificateId }] = waiting.items;
  expect((await decide(certificateId, false)).body).toMatchObject({ status: 'rejected' });
  expect((await decide(certificateId, true)).body.code).toBe('CERTIFICATE_CLOSED');
  expect((await decide('wht_x', true)).body.code).toBe('CERTIFICATE_NOT_FOUND');
  expect(await billOf('2021-12')).toMatchObject({ outstanding: '100.00', status: 'unpaid' });

  const { body: second } = await upload(invoiceNo, '10.00');
  await asSystem(async (now) => {
    const { loadBill, moveDebt, pay } = await import('#lib/billing/index.ts');
    const { transact } = await import('#lib/shared/transaction.ts');
    const bill = await loadBill(malaysian.partnerId, '2021-12' as BillingMonth);
    if (!bill) throw new Error('no bill');
    await transact({ writes: [moveDebt(bill, pay(bill.debt, parseMoney('90'), now))] }); // the part that was transferred
  });
  expect(await asSystem(() => isCycleFullyPaid(malaysian.partnerId, '2021-12' as BillingMonth))).toBe(true); // FIN-126
  clock.set('2022-06-01T00:00:00+08:00');
  expect(await billOf('2021-12')).toMatchObject({ overdue: false, outstanding: '10.00' });
  expect(await decide(second.certificateId, true)).toMatchObject({ status: 200, body: { status: 'accepted' } });

  expect(await billOf('2021-12')).toMatchObject({ outstanding: '0.00', status: 'paid' });
  const { body: own } = await invoke(listCertificates, { as: malaysian });
  expect(own.items.map(({ status }: { status: string }) => status)).toEqual(['accepted', 'rejected']);
  const [paid] = await publishedEvents('bill.paid');
  expect(paid?.detail).toMatchObject({ billId: `bill_2021-12_${malaysian.partnerId}`, paidAmount: '90.00' });
  const balances = await asSystem(() => loadTrialBalance());
  expect(JSON.stringify(balances, (_key, value) => (typeof value === 'bigint' ? String(value) : value))).toContain(
    'withholding',
  );
});

it('FIN-121: how certificates come beside their upload is set with the tax rule of a country', async () => {
  const body = {
    countryRegion: 'KE',
    components: [],
    withholding: { mode: 'inclusive', rate: '0.1', delivery: 'authority' },
    effectiveFrom: CHANGE,
    reason: 'law',
  };
  const { handler } = await import('../../functions/billing/set-tax-rule.ts');
  expect(await invoke(handler, { as: operator, body })).toMatchObject({
    status: 201,
    body: { withholding: { mode: 'inclusive', rate: '0.10', delivery: 'authority' } },
  });
  const wrong = { ...body, withholding: { mode: 'none', rate: '0.1' }, effectiveFrom: '2023-01-01T00:00:00+08:00' };
  expect((await invoke(handler, { as: operator, body: wrong })).body.code).toBe('TAX_RULE_INVALID');
});
