import { expect, it } from 'vitest';
import { createPdf, type Row } from '#lib/shared/pdf/index.ts';
import { instant } from '#lib/shared/time.ts';
import { readPdf } from '../support/pdf.ts';

const facts = {
  title: 'Sample',
  author: 'Cloud vendor',
  language: 'en',
  createdAt: instant('2024-08-05T02:00:00+08:00'),
  footer: (page: number, pages: number) => ({ left: 'CSER24000001', right: `Page ${page} of ${pages}` }),
};

const drawn = (text: string): Promise<Uint8Array> => {
  const pdf = createPdf(facts);
  pdf.text(text);
  return pdf.finish();
};

it.each([
  ['Latin', 'Müller & Söhne GmbH – Łódź, Óbuda'],
  ['Greek', 'Ελληνική Εταιρεία'],
  ['Cyrillic', 'ООО «Ромашка»'],
  ['Vietnamese', 'Công ty Thương mại Đặng Hữu'],
  ['Chinese', '深圳市计算机系统有限公司、上海 臺灣積體電路'],
  ['Japanese', '株式会社ソフトウェア・ひらがな'],
  ['Korean', '한국전자 주식회사'],
  ['Hebrew', 'חברת החשמל'],
])('FIN-110: a name in %s finds its font and can be read back from the document', async (_script, name) => {
  const { pages, missingGlyphs } = await readPdf(await drawn(name));

  expect(pages[0]).toContain(name);
  expect(missingGlyphs).toBe(0);
});

it('FIN-110: a letter can be read back after a document that drew it as a part of another', async () => {
  await drawn('Ώώ');
  const { pages } = await readPdf(await drawn('Ωω'));

  expect(pages[0]).toContain('Ωω');
});

it.each(['شركة الاتصالات السعودية (ش.م.م)', 'भारतीय क्षेत्रीय प्रौद्योगिकी', 'บริษัท กรุงเทพเทคโนโลยี จำกัด'])(
  'FIN-110: every character of %s is drawn, joined as its script asks',
  async (name) => {
    expect(await readPdf(await drawn(name))).toMatchObject({ missingGlyphs: 0 });
  },
);

it('FIN-110: what no font has is an empty box, not a gap', async () => {
  expect(await readPdf(await drawn('a\u{1F600}b'))).toMatchObject({ missingGlyphs: 1 });
});

it('FIN-110: line breaks and direction marks of a name do not move what stands beside it', async () => {
  const { pages } = await readPdf(await drawn('abc\u202Edef\u0007ghi'));

  expect(pages[0]).toContain('abcdefghi');
});

it('FIN-110: a table over several pages repeats its head, loses no row and counts the pages', async () => {
  const rows: Row[] = Array.from({ length: 120 }, (_, i) => ({ cells: [`line ${i} ends`, `${i}.00`] }));
  const pdf = createPdf(facts);
  pdf.table({
    columns: [
      { head: 'Product', share: 3 },
      { head: 'Amount', share: 1, align: 'right' },
    ],
    rows,
  });

  const { pages } = await readPdf(await pdf.finish());

  expect(pages.length).toBeGreaterThan(2);
  for (const [i, page] of pages.entries()) {
    expect(page.match(/Product/g)).toHaveLength(1);
    expect(page).toContain(`Page ${i + 1} of ${pages.length}`);
  }
  const all = pages.join(' ');
  for (let i = 0; i < 120; i += 1) expect(all.split(`line ${i} ends`)).toHaveLength(2);
});

it('FIN-110: a word wider than its column is broken, not cut off', async () => {
  const word = 'Donaudampfschifffahrtsgesellschaft'.repeat(4);
  const pdf = createPdf(facts);
  pdf.text(word, { width: 100 });

  const { pages } = await readPdf(await pdf.finish());

  expect(pages[0]?.replaceAll(/\s/g, '')).toContain(word);
});

it('FIN-165: the same content and time give the same bytes', async () => {
  const name = 'Müller שלום 深圳';

  expect(Buffer.from(await drawn(name)).equals(Buffer.from(await drawn(name)))).toBe(true);
});

it('FIN-110: a file inside a document keeps its bytes, says what it is, and made again the document is the same', async () => {
  const content = '<a>Müller & 深圳</a>';
  const made = () => {
    const pdf = createPdf(facts);
    pdf.text('Invoice');
    pdf.attach({ name: 'CSER24000001.xml', contentType: 'application/xml', description: 'The same', content });
    return pdf.finish();
  };
  const file = await made();
  expect([...(await readPdf(file)).attachments]).toEqual([['CSER24000001.xml', content]]);
  const raw = Buffer.from(file).toString('latin1');
  expect(raw).toContain('/AFRelationship /Alternative');
  expect(raw).toContain('/Subtype /application#2Fxml');
  expect(raw).toMatch(/\/AF \[\d+ 0 R\]/); // of the document as a whole
  expect(raw).not.toContain('pdfaid'); // it does not say that it is an archive (decision 69)
  expect(Buffer.from(await made()).equals(Buffer.from(file))).toBe(true);
});
