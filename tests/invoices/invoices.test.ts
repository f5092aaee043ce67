import { beforeAll, describe, expect, it } from 'vitest';
import { invoiceCreated, invoiceNumbered } from '#events/invoices.ts';
import createdSample from '../../events/samples/invoice.created.v1.json' with { type: 'json' };
import numberedSample from '../../events/samples/invoice.numbered.v1.json' with { type: 'json' };
import { handler as getInvoice } from '../../functions/invoices/get-invoice.ts';
import { handler as listInvoices } from '../../functions/invoices/list-invoices.ts';
import { aTaxRule, consume, runBilling } from '../billing/world.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  type Caller,
  clock,
  deadLetters,
  invoke,
  publishedEvents,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { readPdf } from '../support/pdf.ts';
import { schemaProblems } from './ubl/schema.ts';
import { anIssuingEntity, aTopUpAccount } from './world.ts';

useStack();

let operator: Caller;
let partner: TestPartner;
let stranger: TestPartner;
let idle: TestPartner;
let distributor: TestPartner;
let reseller: TestPartner;

beforeAll(async () => {
  clock.set('2024-06-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('SG', { VAT: '0.09' });
  await anIssuingEntity();
  await aTopUpAccount();
  partner = await aPartner({ companyName: 'Müller & Söhne 深圳 <Ltd>', taxId: 'SG-TAX-1' });
  stranger = await aPartner();
  idle = await aPartner();
  distributor = await aPartner({ type: 'distributor' });
  reseller = await aPartner({ of: distributor });
  const customer = await aCustomer({ of: partner });
  const refunded = await aCustomer({ of: idle });
  clock.set('2024-07-20T00:00:00+08:00');
  await consume(
    customer,
    { list: '100.005', at: '2024-07-10T10:00:00+08:00' },
    { list: '900', at: '2024-07-11T10:00:00+08:00', productType: 'Elastic Volume Service', productTypeCode: 'evs' },
  );
  await consume(refunded, { list: '-30', at: '2024-07-10T10:00:00+08:00', billType: 'refund' });
  clock.set('2024-08-05T02:00:00+08:00');
  await runBilling();
});

const invoicesOf = async (caller: Caller, query = {}) => (await invoke(listInvoices, { as: caller, query })).body;

async function fileOf(url: string): Promise<Uint8Array> {
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  return new Uint8Array(await answer.arrayBuffer());
}

describe('the invoice of a bill', () => {
  it('FIN-110, FIN-112, FIN-144: stands in the list with number, period and the amount due of the bill', async () => {
    expect(await invoicesOf(partner)).toMatchObject({
      items: [
        {
          invoiceNo: 'CSER24000001',
          period: '202407',
          content: 'Monthly bill',
          amount: '1090.01',
          currency: 'USD',
          status: 'Invoiced',
          issuedOn: '2024-08-05',
          whtIncluded: false,
          replaces: null,
        },
      ],
    });
    expect(await deadLetters('invoices')).toEqual([]);
  });

  it('FIN-113: its number stands on the bill', async () => {
    const { handler: getBill } = await import('../../functions/billing/get-bill.ts');
    const path = { billId: `bill_2024-07_${partner.partnerId}` };
    expect((await invoke(getBill, { as: partner, path })).body).toMatchObject({ invoiceNos: ['CSER24000001'] });
  });

  it('FIN-79, FIN-113: downloads as a document with all that a company needs', async () => {
    const answer = await invoke(getInvoice, { as: partner, path: { invoiceNo: 'CSER24000001' } });
    expect(answer.body.payeeAccount).toMatchObject({ accountNumber: '003-908765-1', swiftCode: 'BOSGSGSG' });

    const { pages, missingGlyphs, attachments } = await readPdf(await fileOf(answer.body.files.pdf));
    const text = pages.join('\n');
    for (const wanted of [
      'CSER24000001',
      '2024-08-05',
      '2024-07-01',
      'Cloud Vendor International Pte. Ltd.',
      'SG-201912345K',
      'Müller & Söhne 深圳 <Ltd>',
      'SG-TAX-1',
      'Elastic Volume Service',
      '900.00',
      'VAT 9 %',
      '1,090.01 USD',
      '003-908765-1',
      'Page 1 of 1',
    ])
      expect(text).toContain(wanted);
    expect(missingGlyphs).toBe(0);
    const eInvoice = Buffer.from(await fileOf(answer.body.files.xml)).toString();
    expect([...attachments]).toEqual([['CSER24000001.xml', eInvoice]]);
    expect(schemaProblems(eInvoice)).toEqual([]);
  });

  it('FIN-111: nothing due, no invoice', async () => {
    expect((await invoicesOf(idle)).items).toEqual([]);
  });

  it('FIN-113: another partner finds neither the invoice nor the list', async () => {
    const path = { invoiceNo: 'CSER24000001' };
    expect(await invoke(getInvoice, { as: stranger, path })).toMatchObject({
      status: 404,
      body: { code: 'INVOICE_NOT_FOUND' },
    });
    expect((await invoke(listInvoices, { as: stranger, query: { partnerId: partner.partnerId } })).status).toBe(404);
    expect((await invoicesOf(stranger)).items).toEqual([]);
  });

  it('FIN-01: a reseller has no invoices', async () => {
    expect(await invoke(listInvoices, { as: reseller })).toMatchObject({
      status: 403,
      body: { code: 'PARTNER_TYPE_NOT_BILLED' },
    });
  });

  it('FIN-144: the list filters by period and status; an operator names the partner', async () => {
    expect((await invoicesOf(partner, { period: '2024-06' })).items).toEqual([]);
    expect((await invoicesOf(partner, { period: '2024-07', status: 'Invoiced' })).items).toHaveLength(1);
    expect((await invoicesOf(partner, { status: 'Returned' })).items).toEqual([]);
    expect((await invoicesOf(partner, { status: 'Creating' })).items).toEqual([]);
    expect((await invoicesOf(operator, { partnerId: partner.partnerId })).items).toHaveLength(1);
    expect((await invoke(listInvoices, { as: operator })).status).toBe(400);
    expect((await invoke(listInvoices, { as: partner, query: { documentType: 'receipt' } })).body.code).toBe(
      'INPUT_INVALID',
    );
    expect((await invoke(listInvoices, { as: partner, query: { cursor: 'made-up' } })).body.code).toBe(
      'CURSOR_INVALID',
    );
  });

  it('FIN-110: is announced once, in the form that the samples show', async () => {
    const [numbered, ...more] = await publishedEvents('invoice.numbered');
    expect(more).toEqual([]);
    expect(Object.keys(invoiceNumbered.detail.parse(numbered?.detail))).toEqual(Object.keys(numberedSample));
    const [created] = await publishedEvents('invoice.created');
    expect(invoiceCreated.detail.parse(created?.detail)).toMatchObject({ invoiceNo: 'CSER24000001', mail: false });
    expect(invoiceCreated.detail.parse(createdSample)).toEqual(createdSample);
  });
});
