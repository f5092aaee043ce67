import { writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { handler as getBillDocument } from '../../functions/billing/get-bill-document.ts';
import { handler as getBillPage } from '../../functions/billing/get-bill-page.ts';
import { handler as setExchangeRate } from '../../functions/billing/set-exchange-rate.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  type Caller,
  clock,
  invoke,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { readPdf } from '../support/pdf.ts';
import { aTaxRule, type Consumption, consume as deliver, runBilling } from './world.ts';

useStack();

let partner: TestPartner;
let stranger: TestPartner;
let operator: Caller;
const billId = () => `bill_2024-07_${partner.partnerId}`;
const page = (query = {}, as: Caller = partner, id = billId()) =>
  invoke(getBillPage, { as, path: { billId: id }, query });
const document = (query = {}, as: Caller = partner, id = billId()) =>
  invoke(getBillDocument, { as, path: { billId: id }, query });

const consume = (customer: Parameters<typeof deliver>[0], wish: Consumption) =>
  deliver(customer, { exchangeRate: '7.7565', ...wish });

beforeAll(async () => {
  clock.set('2024-05-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('HK', { VAT: '0.07' });
  const hongKong = { registrationArea: { countryRegion: 'HK' }, paymentCurrency: 'HKD' };
  partner = await aPartner({ ...hongKong, companyName: 'Ωμέγα 香港有限公司 <b>شركة</b>', language: 'de' });
  stranger = await aPartner(hongKong);
  const customers = await Promise.all(
    Array.from({ length: 30 }, (_, i) => aCustomer({ of: partner, accountName: `Atlas Nimbus ${i}` })),
  );
  const [first, second] = customers as [(typeof customers)[0], (typeof customers)[0]];
  for (const [cycle, amounts] of [
    ['2024-05', ['1200.5']],
    ['2024-06', ['100', '-450.25']],
    ['2024-07', ['8083.8494925', '-853.8495', '2000000']],
  ] as const) {
    const next = `2024-0${Number(cycle.slice(6)) + 1}`;
    clock.set(`${cycle}-28T00:00:00+08:00`);
    for (const list of amounts) {
      const billType = list.startsWith('-') ? 'refund' : 'expenditure';
      await consume(first, { list, billType, at: `${cycle}-10T10:00:00+08:00`, region: '華南', regionCode: 'cn-s1' });
    }
    if (cycle === '2024-07') {
      await consume(second, { list: '-37.9425', billType: 'adjustment', at: '2024-07-11T10:00:00+08:00' });
      const market = { source: 'marketplace', serviceProvider: 'חברה בע"מ', productName: 'מוצר <script>' };
      await consume(second, { ...market, list: '5', at: '2024-07-12T10:00:00+08:00' });
      for (const [i, each] of customers.slice(2).entries())
        await consume(each, {
          list: `${i + 1}`,
          at: '2024-07-13T10:00:00+08:00',
          productTypeCode: `p${i}`,
          productType: `Produkt ${i}`,
        });
    }
    await invoke(setExchangeRate, {
      as: operator,
      path: { currency: 'HKD', cycle },
      body: { rate: '7.7565', reason: 'market' },
    });
    clock.set(`${next}-05T02:30:00+08:00`);
    await runBilling(`${next}-05T02:00:00+08:00`);
  }
});

/** Texts of the page as a reader sees them. */
const textOf = (html: string): string =>
  html
    .replaceAll(/<(style|title)[^>]*>.*?<\/\1>/gs, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ');

describe('the page', () => {
  it('FIN-44, FIN-50, FIN-145: shows header, products, customers and twelve months, a negative one too', async () => {
    const { status, headers, body } = await page({ language: 'en' });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const text = textOf(body);
    // 8,083.8494925 + 2,000,000 + 5 + (1 + … + 28) = 2,008,494.8494925
    expect(text).toContain('Expenditures 2,008,494.8494925 USD');
    expect(text).toContain('Refunds \u2212853.8495 USD');
    expect(text).toContain('Adjustments \u221237.9425 USD');
    expect(text).toContain('Tax VAT 140,532.21402448 USD');
    expect(text).toContain('Amount due 2,148,135.27 USD');
    expect(text).toContain('Payable, at 7.7565 16,662,011.23 HKD');
    expect(text).toContain('Marketplace 5.00000000');
    expect(text).toContain('\u83ef\u5357');
    expect(text).toContain('Other customers');
    expect(body.match(/<rect /g)).toHaveLength(12);
    expect(body).toContain('<title>2024-06: \u2212374.77</title>'); // (100 − 450.25) × 1.07
    expect(body).toContain('<title>2024-04: no bill</title>');
  });

  it('FIN-159: names no customer, and whatever stands in a name is text', async () => {
    const { body } = await page();
    expect(body).not.toContain('Atlas');
    expect(body).not.toContain('Carla');
    expect(body).not.toContain('<script>');
    expect(body).not.toContain('<b>');
    expect(textOf(body)).toContain('\u9999\u6e2f\u6709\u9650\u516c\u53f8 <b>');
  });

  it('FIN-145: asks for nothing from anywhere', async () => {
    const { headers, body } = await page();
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body).not.toMatch(/\b(src|href|url)\s*[=(]|@import|https?:/);
  });

  it('FIN-66: in the language of the partner, or the one that was asked for', async () => {
    expect((await page()).body).toContain('Monatsabrechnung 2024-07');
    expect(textOf((await page()).body)).toContain('2.148.135,27 USD');
    expect((await page({ language: 'en' })).body).toContain('Monthly bill 2024-07');
    expect((await page({ language: 'fr' })).status).toBe(400);
  });
});

describe('the document', () => {
  it('FIN-145: is a PDF of the same content, the same bytes for the same bill', async () => {
    const [first, second, english] = [await document(), await document(), await document({ language: 'en' })];
    expect(first.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="bill-2024-07.pdf"',
    });
    const bytes = Buffer.from(first.body, 'base64');
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const { pages, missingGlyphs } = await readPdf(bytes);
    expect(missingGlyphs).toBe(0);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages[0]).toContain('Monatsabrechnung 2024-07');
    expect(pages[0]).toContain('2.148.135,27 USD');
    expect(pages[0]).toContain('\u83ef\u5357');
    expect(pages.join(' ')).not.toContain('Atlas');
    expect(pages.at(-1)).toContain(`Seite ${pages.length} von ${pages.length}`);
    expect(second.body).toBe(first.body);
    expect(english.body).not.toBe(first.body);
    const samples = process.env.BILL_SAMPLES;
    if (samples) await keep(samples);
  });
});

/** For looking at them. */
async function keep(folder: string): Promise<void> {
  for (const language of ['en', 'de']) {
    await writeFile(`${folder}/bill-${language}.html`, (await page({ language })).body);
    await writeFile(`${folder}/bill-${language}.pdf`, Buffer.from((await document({ language })).body, 'base64'));
  }
}

it('FIN-01, FIN-16: nobody sees those of another partner; a cycle without a bill has none', async () => {
  for (const ask of [page, document]) {
    expect((await ask({}, stranger)).body.code).toBe('BILL_NOT_FOUND');
    expect((await ask({}, partner, `bill_2024-08_${partner.partnerId}`)).body.code).toBe('BILL_NOT_ISSUED');
    expect((await ask({}, operator)).status).toBe(200);
  }
});
