import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import type { BilledCharge, BillLine } from './line.ts';
import { decodeLines, encodeLine } from './stored-line.ts';

const LINES_A_PAGE = 200;
/** An item of DynamoDB holds 400 KB; long texts close a page early, so that it fits even if nothing could be compressed. */
const LETTERS_A_PAGE = 300_000;

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
/** Quality 1 is the fastest; a page of real lines shrinks to about a tenth. */
const FAST = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

/** Lines of a bill as one item: sorted by customer, transaction time and record id, and keyed by the last of them. */
export interface LinePage {
  readonly key: string;
  readonly count: number;
  readonly lines: Uint8Array;
}

/** `<customerId>#<transaction time>#<recordId>`: the order of lines. */
export const lineSort = (charge: Pick<BilledCharge, 'customerId' | 'transactionTime' | 'recordId'>): string =>
  `${charge.customerId}#${charge.transactionTime}#${charge.recordId}`;

/** Cuts a run of lines into pages while they come. */
export function startPages() {
  const pages: Promise<LinePage>[] = [];
  let texts: string[] = [];
  let letters = 0;
  let last = '';
  const close = (): void => {
    if (texts.length > 0) pages.push(toPage(last, texts));
    texts = [];
    letters = 0;
  };
  return {
    add(line: BillLine): void {
      const text = encodeLine(line);
      if (texts.length === LINES_A_PAGE || letters + text.length > LETTERS_A_PAGE) close();
      texts.push(text);
      letters += text.length;
      last = lineSort(line.charge);
    },
    /** The pages so far, the open one closed. */
    finish(): Promise<LinePage[]> {
      close();
      return Promise.all(pages);
    },
  };
}

async function toPage(key: string, texts: readonly string[]): Promise<LinePage> {
  return { key, count: texts.length, lines: await compress(`[${texts.join(',')}]`, FAST) };
}

export async function linesOf(page: Pick<LinePage, 'lines'>): Promise<BillLine[]> {
  return decodeLines((await decompress(page.lines)).toString());
}
