import { loadPartner } from '#lib/partners/index.ts';
import { RawAnswer } from '#lib/shared/raw-answer.ts';
import type { NamedBill } from '../whose.ts';
import { readBillPage } from './bill-page.ts';
import type { PageLanguage } from './words.ts';

const CONTENT_SECURITY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const PRIVATE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

/** The bill as a page to read and print. What draws it is loaded here. @throws Refusal BILL_NOT_ISSUED */
export async function billPageAnswer(named: NamedBill, wished: PageLanguage | undefined): Promise<RawAnswer> {
  const { content } = await contentFor(named, wished);
  const { toHtml } = await import('./html.ts');
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CONTENT_SECURITY };
  return new RawAnswer(toHtml(content), { ...headers, ...PRIVATE });
}

/** The bill as a document. @throws Refusal BILL_NOT_ISSUED */
export async function billDocumentAnswer(named: NamedBill, wished: PageLanguage | undefined): Promise<RawAnswer> {
  const { content, page } = await contentFor(named, wished);
  const { toPdf } = await import('./pdf.ts');
  const bytes = await toPdf(content, page.bill);
  const disposition = `attachment; filename="bill-${page.bill.cycle}.pdf"`;
  const headers = { 'content-type': 'application/pdf', 'content-disposition': disposition, ...PRIVATE };
  return new RawAnswer(Buffer.from(bytes).toString('base64'), headers, true);
}

async function contentFor(named: NamedBill, wished: PageLanguage | undefined) {
  const [page, partner] = await Promise.all([readBillPage(named), loadPartner(named.partnerId)]);
  const { contentOf } = await import('./content.ts');
  const language = wished ?? (partner?.language === 'de' ? 'de' : 'en');
  return { page, content: contentOf(page, language) };
}
