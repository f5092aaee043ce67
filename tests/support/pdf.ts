import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface ReadPdf {
  /** The text of each page, in the order in which a reader copies it. */
  readonly pages: readonly string[];
  /** Characters that no font had a glyph for. */
  readonly missingGlyphs: number;
  /** The files inside, by their names. */
  readonly attachments: ReadonlyMap<string, string>;
}

/** Reads a document with another library than the one that wrote it. */
export async function readPdf(file: Uint8Array): Promise<ReadPdf> {
  const document = await getDocument({ data: new Uint8Array(file), verbosity: 0, useSystemFonts: false }).promise;
  const pages: string[] = [];
  let missingGlyphs = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
    missingGlyphs += await countMissing(page);
  }
  const attachments = await attachmentsOf(document);
  await document.destroy();
  return { pages, missingGlyphs, attachments };
}

type Document = Awaited<ReturnType<typeof getDocument>['promise']>;

async function attachmentsOf(document: Document): Promise<Map<string, string>> {
  const files: Record<string, { content: Uint8Array }> = (await document.getAttachments()) ?? {};
  return new Map(Object.entries(files).map(([name, { content }]) => [name, Buffer.from(content).toString()]));
}

type Page = Awaited<ReturnType<Document['getPage']>>;

/** Glyph 0 of a font is its empty box. */
async function countMissing(page: Page): Promise<number> {
  const { argsArray } = await page.getOperatorList();
  const shown: unknown[] = argsArray.flat(2);
  return shown.filter((each) => isGlyph(each) && each.originalCharCode === 0).length;
}

const isGlyph = (each: unknown): each is { originalCharCode: number } =>
  typeof each === 'object' && each !== null && 'originalCharCode' in each;
