import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

/** An item of DynamoDB holds 400 KB; a pack is closed early, so that it fits even if nothing could be compressed. */
const LETTERS_A_PACK = 300_000;

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
const FAST = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

export interface Pack<Entry> {
  readonly packed: Uint8Array;
  /** The last entry in it. */
  readonly last: Entry;
}

/** Entries as compressed JSON lists, each small enough for one item. */
export async function packTexts<Entry>(
  entries: readonly Entry[],
  textOf: (entry: Entry) => string,
): Promise<Pack<Entry>[]> {
  const packs: Promise<Pack<Entry>>[] = [];
  let texts: string[] = [];
  let letters = 0;
  for (const [i, entry] of entries.entries()) {
    const text = textOf(entry);
    texts.push(text);
    letters += text.length;
    const next = entries[i + 1];
    if (next !== undefined && letters < LETTERS_A_PACK) continue;
    packs.push(toPack(texts, entry));
    texts = [];
    letters = 0;
  }
  return Promise.all(packs);
}

async function toPack<Entry>(texts: readonly string[], last: Entry): Promise<Pack<Entry>> {
  return { packed: await compress(`[${texts.join(',')}]`, FAST), last };
}

export const unpackText = async (packed: Uint8Array): Promise<string> => (await decompress(packed)).toString();
