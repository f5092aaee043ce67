import LineBreaker from 'linebreak';
import type { Weight } from './fonts.ts';
import { levelsOf, type Run, runsOf, widthOf } from './runs.ts';

/** One line as it is set. */
export interface Line {
  readonly runs: readonly Run[];
  /** Width at a size of 1. */
  readonly width: number;
}

interface Piece {
  readonly start: number;
  readonly end: number;
}

/** Scripts that put no spaces between words: a line may end where a dictionary sees the end of a word. */
const WITHOUT_SPACES = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const words = new Intl.Segmenter('th', { granularity: 'word' });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Breaks a text into lines of at most `width` (at a size of 1); a word that is wider by itself is broken between characters. */
export function wrap(text: string, width: number, weight: Weight): Line[] {
  return text.split(/\r\n|[\n\r]/u).flatMap((paragraph) => wrapParagraph(paragraph, width, weight));
}

function wrapParagraph(paragraph: string, width: number, weight: Weight): Line[] {
  const levels = levelsOf(paragraph);
  const measure = ({ start, end }: Piece): number => {
    const visible = paragraph.slice(start, end).trimEnd();
    return widthOf(runsOf(visible, levels.subarray(start, start + visible.length), weight));
  };
  const pieces = piecesOf(paragraph).flatMap((piece) =>
    measure(piece) <= width ? [piece] : smaller(paragraph, piece),
  );
  return fill(pieces, width, measure).map(({ start, end }) => {
    const visible = paragraph.slice(start, end).trimEnd();
    return toLine(visible, levels.subarray(start, start + visible.length), weight);
  });
}

/** Takes pieces onto a line as long as they fit; an empty paragraph is an empty line. */
function fill(pieces: readonly Piece[], width: number, measure: (piece: Piece) => number): Piece[] {
  const lines: Piece[] = [];
  let line: Piece | undefined;
  for (const piece of pieces) {
    const longer: Piece = { start: line?.start ?? piece.start, end: piece.end };
    if (line && measure(longer) > width) {
      lines.push(line);
      line = piece;
    } else {
      line = longer;
    }
  }
  return [...lines, line ?? { start: 0, end: 0 }];
}

/** Where the Unicode line breaking algorithm allows a line to end, and words of scripts without spaces. */
function piecesOf(paragraph: string): Piece[] {
  const breaker = new LineBreaker(paragraph);
  const pieces: Piece[] = [];
  let start = 0;
  for (let next = breaker.nextBreak(); next; next = breaker.nextBreak()) {
    const piece = { start, end: next.position };
    const text = paragraph.slice(start, next.position);
    pieces.push(...(WITHOUT_SPACES.test(text) ? segments(words, text, start) : [piece]));
    start = next.position;
  }
  return pieces;
}

const smaller = (paragraph: string, { start, end }: Piece): Piece[] =>
  segments(graphemes, paragraph.slice(start, end), start);

const segments = (segmenter: Intl.Segmenter, text: string, offset: number): Piece[] =>
  [...segmenter.segment(text)].map(({ index, segment }) => ({
    start: offset + index,
    end: offset + index + segment.length,
  }));

function toLine(text: string, levels: Uint8Array, weight: Weight): Line {
  const runs = runsOf(text, levels, weight);
  return { runs, width: widthOf(runs) };
}
