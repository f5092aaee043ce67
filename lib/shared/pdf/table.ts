import type { Pdf, Pdfkit } from './document.ts';
import { type Align, drawLine } from './line.ts';
import { HAIRLINE, INK, LINE_HEIGHT, weightOf } from './style.ts';
import { type Line, wrap } from './wrap.ts';

export interface Column {
  readonly head: string;
  /** Share of the table's width. */
  readonly share: number;
  readonly align?: Align;
}

export interface Row {
  readonly cells: readonly string[];
  readonly bold?: boolean;
  /** A line above it, as over a sum. */
  readonly ruled?: boolean;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: Iterable<Row>;
  readonly size?: number;
}

interface Cell {
  readonly lines: readonly Line[];
  readonly x: number;
  readonly width: number;
  readonly align: Align;
}

const GAP = 6; // between columns
const PADDING = 3; // above and below the text of a row
const HEAD_COLOR = '#f0f2f5';
const SIZE = 8;

/** Rows one below the other; the head is repeated on every page, a row is never cut by the end of a page. */
export function drawTable(kit: Pdfkit, pdf: Pdf, { columns, rows, size = SIZE }: Table, pageEnd: number): void {
  const places = placesOf(pdf, columns);
  const lineHeight = size * LINE_HEIGHT;
  const most = Math.floor((pageEnd - pdf.left) / lineHeight) - 3; // a cell longer than a page is cut off: names are short
  const cellsOf = (texts: readonly string[], bold: boolean): Cell[] =>
    places.map((place, i) => ({
      ...place,
      lines: wrap(texts[i] ?? '', place.width / size, weightOf(bold)).slice(0, most),
    }));
  const heightOf = (cells: readonly Cell[]): number =>
    Math.max(...cells.map(({ lines }) => lines.length)) * lineHeight + 2 * PADDING;
  const draw = (cells: readonly Cell[]): void => {
    for (const { lines, ...place } of cells)
      lines.forEach((line, i) => {
        drawLine(kit, line, { ...place, y: pdf.y + PADDING + i * lineHeight, size, color: INK });
      });
    pdf.y += heightOf(cells);
  };
  const head = cellsOf(
    columns.map((column) => column.head),
    true,
  );
  const drawHead = (): void => {
    pdf.rectangle({ x: pdf.left, y: pdf.y, width: pdf.width, height: heightOf(head) }, HEAD_COLOR);
    draw(head);
  };

  pdf.need(heightOf(head) + 2 * lineHeight);
  drawHead();
  for (const { cells: texts, bold = false, ruled = false } of rows) {
    const cells = cellsOf(texts, bold);
    if (pdf.y + heightOf(cells) > pageEnd) {
      pdf.need(pageEnd);
      drawHead();
    }
    pdf.rule(ruled ? INK : HAIRLINE);
    draw(cells);
  }
}

function placesOf(pdf: Pdf, columns: readonly Column[]): Omit<Cell, 'lines'>[] {
  const shares = columns.reduce((total, { share }) => total + share, 0);
  let x = pdf.left;
  return columns.map(({ share, align = 'left' }) => {
    const column = (pdf.width * share) / shares;
    const place = { x: x + GAP / 2, width: column - GAP, align };
    x += column;
    return place;
  });
}
