import { isUtf8 } from 'node:buffer';

/** One record of a CSV file, or a line that is none. */
export type CsvRecord = CsvPlace & ({ readonly text: string } | { readonly broken: string; readonly excerpt: string });

interface CsvPlace {
  /** First physical line, counted from 1. */
  readonly line: number;
  /** Where the next record begins: a place to go on from after a crash. */
  readonly next: CsvPosition;
}

export interface CsvPosition {
  readonly offset: number;
  readonly line: number;
}

/** A physical line with its end. One that is too long to hold is known by its beginning alone. */
interface Line {
  readonly bytes: Buffer;
  readonly length: number;
  readonly quotes: number;
  readonly at: CsvPosition;
}

/** Anything larger is no record of usage; memory stays flat because no more is ever held. */
const LARGEST_RECORD = 256 * 1024;
const EXCERPT = 60;
const NEWLINE = 0x0a;
const QUOTE = 0x22;

/** The lines of the record under way, with what decides whether it is whole. */
interface Held {
  lines: Line[];
  length: number;
  quotes: number;
}

/**
 * Cuts a CSV file into records. A record ends with a line outside quotes. Where several lines together grow too large or do not
 * hold what `isRecord` asks for, a quote was out of place: only the first of them is given up, and reading goes on with the second,
 * so that a stray quote never swallows the lines after it.
 */
export async function* csvRecords(
  file: AsyncIterable<Buffer>,
  from: CsvPosition,
  isRecord: (text: string) => boolean,
): AsyncGenerator<CsvRecord> {
  const held: Held = { lines: [], length: 0, quotes: 0 };
  for await (const line of linesOf(file, from)) yield* take(held, line, isRecord);
  while (held.lines.length > 0) {
    // The file is over: quotes that are open now never close.
    const [first, ...others] = release(held);
    if (first) yield broken(first);
    for (const line of others) yield* take(held, line, isRecord);
  }
}

/** Takes the next line. @returns the records that are whole with it */
function* take(held: Held, next: Line, isRecord: (text: string) => boolean): Generator<CsvRecord> {
  const waiting = [[next].values()];
  for (let lines = waiting.at(-1); lines; lines = waiting.at(-1)) {
    const { value: line } = lines.next();
    if (!line) {
      waiting.pop();
      continue;
    }
    hold(held, line);
    const open = held.quotes % 2 === 1;
    if (open && held.length <= LARGEST_RECORD) continue;
    const record = recordOf(held, isRecord);
    const [first = line, ...others] = release(held);
    yield record ?? broken(first);
    if (!record) waiting.push(others.values()); // looked at again, before what comes after them
  }
}

function hold(held: Held, line: Line): void {
  held.lines.push(line);
  held.length += line.length;
  held.quotes += line.quotes;
}

function release(held: Held): Line[] {
  const { lines } = held;
  Object.assign(held, { lines: [], length: 0, quotes: 0 });
  return lines;
}

function recordOf({ lines, length }: Held, isRecord: (text: string) => boolean): CsvRecord | undefined {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last || length > LARGEST_RECORD) return undefined;
  const bytes = first === last ? first.bytes : Buffer.concat(lines.map((line) => line.bytes));
  if (!isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8').replace(/\r?\n$/, '');
  if (first !== last && !isRecord(text)) return undefined;
  return { text, line: first.at.line, next: after(last) };
}

function broken(line: Line): CsvRecord {
  const reason = line.length > LARGEST_RECORD ? `is longer than ${LARGEST_RECORD} bytes` : 'is no CSV record in UTF-8';
  const excerpt = line.bytes.toString('utf8', 0, EXCERPT).trimEnd();
  return { broken: reason, excerpt, line: line.at.line, next: after(line) };
}

const after = ({ at, length }: Line): CsvPosition => ({ offset: at.offset + length, line: at.line + 1 });

async function* linesOf(file: AsyncIterable<Buffer>, from: CsvPosition): AsyncGenerator<Line> {
  let at = from;
  let bytes: Buffer = Buffer.alloc(0);
  let length = 0;
  const whole = (): Line => {
    const line = { bytes, length, quotes: quotesIn(bytes), at };
    at = after(line);
    bytes = Buffer.alloc(0);
    length = 0;
    return line;
  };
  for await (const chunk of file) {
    for (let start = 0; start < chunk.length; ) {
      const newline = chunk.indexOf(NEWLINE, start);
      const end = newline < 0 ? chunk.length : newline + 1;
      const piece = chunk.subarray(start, end);
      // Beyond the limit nothing more is kept: the line is broken already, only its end is still looked for.
      if (length <= LARGEST_RECORD) bytes = length === 0 ? piece : Buffer.concat([bytes, piece]);
      length += piece.length;
      start = end;
      if (newline >= 0) yield whole();
    }
  }
  if (length > 0) yield whole();
}

function quotesIn(bytes: Buffer): number {
  let quotes = 0;
  for (const byte of bytes) if (byte === QUOTE) quotes += 1;
  return quotes;
}
