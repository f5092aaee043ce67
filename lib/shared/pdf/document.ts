import PDFDocument from 'pdfkit';
import type { Instant } from '../time.ts';
import { type Align, drawLine } from './line.ts';
import { BOTTOM, HAIRLINE, INK, LINE_HEIGHT, MARGIN, PALE, TEXT_SIZE, weightOf } from './style.ts';
import { drawTable, type Table } from './table.ts';
import { wrap } from './wrap.ts';

export type Pdfkit = InstanceType<typeof PDFDocument>;

export interface DocumentFacts {
  readonly title: string;
  readonly author: string;
  /** BCP 47; for who reads it aloud. */
  readonly language: string;
  /** The same content and time give the same bytes. */
  readonly createdAt: Instant;
  readonly landscape?: boolean;
  /** What stands at the foot of each page, beside the page number. */
  footer?(page: number, pages: number): { readonly left: string; readonly right: string };
}

/** A file inside the document: the same content in a form that programs read. */
export interface Attached {
  readonly name: string;
  readonly contentType: string;
  readonly description: string;
  readonly content: string;
}

export interface TextStyle {
  readonly size?: number;
  readonly bold?: boolean;
  readonly color?: string;
  readonly align?: Align;
  /** Where the column begins and how wide it is; the whole page when not given. */
  readonly x?: number;
  readonly width?: number;
}

/**
 * A document that grows from top to bottom. Lengths are points (1/72 inch) from the upper left corner of a page. Any script may be
 * mixed: fonts are chosen by character, text that reads from right to left is set so.
 */
export interface Pdf {
  readonly left: number;
  readonly width: number;
  /** Where the next thing goes; may be set. */
  y: number;
  /** A paragraph, broken into lines; goes on over pages. */
  text(text: string, style?: TextStyle): void;
  space(points: number): void;
  /** Begins a new page unless so much is left on this one. */
  need(points: number): void;
  rule(color?: string): void;
  table(table: Table): void;
  /** Shapes of pictures; they move nothing. */
  rectangle(at: { x: number; y: number; width: number; height: number }, color: string): void;
  segment(from: readonly [number, number], to: readonly [number, number], color: string, width?: number): void;
  /** A single line at a place, cut off at nothing; moves nothing. */
  label(text: string, at: { x: number; y: number; width?: number }, style?: Omit<TextStyle, 'x' | 'width'>): void;
  attach(file: Attached): void;
  finish(): Promise<Uint8Array>;
}

export function createPdf(facts: DocumentFacts): Pdf {
  const kit = openDocument(facts);
  const chunks: Uint8Array[] = [];
  kit.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    kit.on('end', resolve);
    kit.on('error', reject);
  });
  const pageEnd = kit.page.height - BOTTOM;

  const pdf: Pdf = {
    left: MARGIN,
    width: kit.page.width - 2 * MARGIN,
    y: MARGIN,
    text(text, { size = TEXT_SIZE, bold = false, color = INK, align = 'left', x = MARGIN, width } = {}) {
      const room = width ?? kit.page.width - MARGIN - x;
      for (const line of wrap(text, room / size, weightOf(bold))) {
        pdf.need(size * LINE_HEIGHT);
        drawLine(kit, line, { x, y: pdf.y, width: room, size, color, align });
        pdf.y += size * LINE_HEIGHT;
      }
    },
    space(points) {
      pdf.y += points;
    },
    need(points) {
      if (pdf.y + points <= pageEnd) return;
      kit.addPage();
      pdf.y = MARGIN;
    },
    rule(color = HAIRLINE) {
      pdf.segment([MARGIN, pdf.y], [MARGIN + pdf.width, pdf.y], color);
    },
    table: (table) => drawTable(kit, pdf, table, pageEnd),
    rectangle: ({ x, y, width, height }, color) => void kit.rect(x, y, width, height).fill(color),
    segment: ([fromX, fromY], [toX, toY], color, width = 0.5) =>
      void kit.moveTo(fromX, fromY).lineTo(toX, toY).lineWidth(width).stroke(color),
    label(text, { x, y, width = 0 }, { size = TEXT_SIZE, bold = false, color = INK, align = 'left' } = {}) {
      const [line] = wrap(text, Number.POSITIVE_INFINITY, weightOf(bold));
      if (line) drawLine(kit, line, { x, y, width, size, color, align });
    },
    attach: (file) => attachFile(kit, file, facts),
    async finish() {
      drawFooters(kit, facts);
      kit.end();
      await ended;
      return Buffer.concat(chunks);
    },
  };
  return pdf;
}

function openDocument({ title, author, language, createdAt, landscape = false }: DocumentFacts): Pdfkit {
  const time = new Date(createdAt); // the form that the library takes a time in; nothing reads the clock
  return new PDFDocument({
    size: 'A4',
    layout: landscape ? 'landscape' : 'portrait',
    margin: 0, // the library's own margins would begin pages by themselves
    bufferPages: true, // how many pages there are is known at the end
    font: null as unknown as string, // else it opens a standard font, which no archive carries
    pdfVersion: '1.7',
    lang: language,
    displayTitle: true,
    info: { Title: title, Author: author, Producer: author, Creator: author, CreationDate: time, ModDate: time },
  });
}

function attachFile(kit: Pdfkit, { name, contentType, description, content }: Attached, facts: DocumentFacts): void {
  const time = new Date(facts.createdAt); // of the document, so that its bytes stay the same
  const dates = { creationDate: time, modifiedDate: time };
  const options = { name, type: contentType, description, relationship: 'Alternative', ...dates }; // the types of the library lack the relationship
  kit.file(Buffer.from(content), options);
}

function drawFooters(kit: Pdfkit, { footer }: DocumentFacts): void {
  if (!footer) return;
  const { count } = kit.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    kit.switchToPage(page);
    const { left, right } = footer(page + 1, count);
    const at = {
      x: MARGIN,
      y: kit.page.height - BOTTOM + 20,
      width: kit.page.width - 2 * MARGIN,
      size: 7.5,
      color: PALE,
    };
    for (const [text, align] of [[left, 'left'] as const, [right, 'right'] as const]) {
      const [line] = wrap(text, at.width / at.size, 'regular');
      if (line) drawLine(kit, line, { ...at, align });
    }
  }
}
