import { createPdf, type Pdf } from '#lib/shared/pdf/index.ts';
import type { IssuedBill } from '../debt.ts';
import { chartOf } from './chart.ts';
import type { PageContent } from './content.ts';
import { colorOf } from './html.ts';

const PALE = '#6b6b6b';
const CHART_HEIGHT = 120;
const SCALE_WIDTH = 70;
/** Of settlement, coupons, amount before tax, tax and due: wide enough for ten digits with eight decimals. */
const SHARES = [2, 1.4, 2, 1.8, 2.1];

/** The page as a document; the same bill in the same state gives the same bytes. */
export async function toPdf(content: PageContent, bill: Pick<IssuedBill, 'billId' | 'issuedAt'>): Promise<Uint8Array> {
  const { words, partner, language, facts } = content;
  const cycle = content.months.at(-1)?.cycle ?? '';
  const pdf = createPdf({
    title: `${words.bill} ${cycle}`,
    author: partner,
    language,
    createdAt: bill.issuedAt,
    footer: (page, pages) => ({
      left: `${words.bill} ${cycle} · ${bill.billId}`,
      right: words.page.replace('{page}', `${page}`).replace('{pages}', `${pages}`),
    }),
  });
  pdf.text(`${words.bill} ${cycle}`, { size: 20, bold: true });
  pdf.text(partner, { size: 11, color: PALE });
  pdf.space(10);
  for (const [label, text] of facts) pair(pdf, label, text);
  heading(pdf, words.summary);
  for (const { label, amount, strong = false } of content.sums) sum(pdf, label, amount, strong);
  heading(pdf, `${words.months} (${content.currency})`, CHART_HEIGHT + 30);
  chart(pdf, content);
  heading(pdf, words.byProduct);
  breakdown(pdf, content, words.product, content.products);
  heading(pdf, words.byCustomer);
  breakdown(pdf, content, words.customer, content.customers);
  pdf.space(10);
  pdf.text(words.exactNote, { size: 7.5, color: PALE });
  return pdf.finish();
}

function heading(pdf: Pdf, text: string, room = 60): void {
  pdf.space(16);
  pdf.need(room);
  pdf.text(text, { size: 12, bold: true });
  pdf.space(4);
}

function pair(pdf: Pdf, label: string, text: string): void {
  pdf.label(label, { x: pdf.left, y: pdf.y }, { color: PALE });
  pdf.text(text, { x: pdf.left + 130 });
}

function sum(pdf: Pdf, label: string, amount: string, bold: boolean): void {
  pdf.need(14);
  pdf.label(label, { x: pdf.left, y: pdf.y }, { bold });
  pdf.text(amount, { x: pdf.left + pdf.width / 2, align: 'right', bold });
}

function chart(pdf: Pdf, { months, money }: PageContent): void {
  const { bars, zero, ticks } = chartOf(months, { width: pdf.width - SCALE_WIDTH, height: CHART_HEIGHT });
  const top = pdf.y + 6;
  const left = pdf.left + SCALE_WIDTH;
  const right = pdf.left + pdf.width;
  for (const { y, amount } of ticks) {
    pdf.segment([left, top + y], [right, top + y], '#dfe4ea');
    pdf.label(
      money(amount),
      { x: pdf.left, y: top + y - 5, width: SCALE_WIDTH - 6 },
      { size: 7, color: PALE, align: 'right' },
    );
  }
  for (const bar of bars) {
    pdf.rectangle({ x: left + bar.x, y: top + bar.y, width: bar.width, height: bar.height }, colorOf(bar));
    const at = { x: left + bar.x - 6, y: top + CHART_HEIGHT + 4, width: bar.width + 12 };
    pdf.label(bar.cycle.slice(2), at, { size: 7, color: PALE, align: 'center' });
  }
  pdf.segment([left, top + zero], [right, top + zero], PALE);
  pdf.y = top + CHART_HEIGHT + 18;
}

function breakdown(pdf: Pdf, { columns }: PageContent, first: string, rows: PageContent['products']): void {
  pdf.table({
    size: 7,
    columns: [
      { head: first, share: 2.4 },
      ...columns.map((head, i) => ({ head, share: SHARES[i] ?? 1.8, align: 'right' as const })),
    ],
    rows: rows.map(({ name, note, kind, amounts }) => ({
      cells: [`${kind === 'block' ? '– ' : ''}${name}${note ? ` · ${note}` : ''}`, ...amounts],
      bold: kind === 'total' || kind === 'section',
    })),
  });
}
