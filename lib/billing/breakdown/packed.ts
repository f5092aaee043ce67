import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { loadMoney, type Money } from '#lib/shared/money.ts';
import type { Breakdown, CustomerFigures, Group, GroupFigures } from './breakdown.ts';
import type { Figures } from './figures.ts';

/** An item of DynamoDB holds 400 KB; a pack is closed early, so that it fits even if nothing could be compressed. */
const LETTERS_A_PACK = 300_000;

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
const FAST = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

type StoredFigures = readonly [number, ...string[]];
type Entry =
  | { readonly group: Group; readonly figures: StoredFigures }
  | (Omit<CustomerFigures, 'figures'> & { readonly figures: StoredFigures });

/** A breakdown as compressed packs of a bounded size; none when it is empty. */
export async function pack({ groups, customers }: Partial<Breakdown>): Promise<Uint8Array[]> {
  const packs: Promise<Uint8Array>[] = [];
  let texts: string[] = [];
  let letters = 0;
  const close = (): void => {
    if (texts.length > 0) packs.push(compress(`[${texts.join(',')}]`, FAST));
    texts = [];
    letters = 0;
  };
  for (const { figures, ...entry } of [...(groups ?? []), ...(customers ?? [])]) {
    const text = JSON.stringify({ ...entry, figures: encode(figures) });
    if (letters + text.length > LETTERS_A_PACK) close();
    texts.push(text);
    letters += text.length;
  }
  close();
  return Promise.all(packs);
}

export async function unpack(packed: Uint8Array): Promise<Breakdown> {
  const groups: GroupFigures[] = [];
  const customers: CustomerFigures[] = [];
  for (const entry of JSON.parse((await decompress(packed)).toString()) as Entry[]) {
    const figures = decode(entry.figures);
    if ('group' in entry) groups.push({ group: entry.group, figures });
    else customers.push({ ...entry, figures });
  }
  return { groups, customers };
}

/** Amounts as whole numbers of 10⁻¹², in texts: JSON has no numbers that hold them. */
const encode = (figures: Figures): StoredFigures => [
  figures.count,
  ...[
    figures.expenditure,
    figures.settlement,
    figures.couponsUsed,
    figures.taxExclusiveDue,
    figures.tax,
    figures.due,
  ].map(String),
];

function decode([count, ...amounts]: StoredFigures): Figures {
  const [expenditure, settlement, couponsUsed, taxExclusiveDue, tax, due] = amounts.map(amountIn) as [
    Money,
    Money,
    Money,
    Money,
    Money,
    Money,
  ];
  return { count, expenditure, settlement, couponsUsed, taxExclusiveDue, tax, due };
}

const amountIn = (stored: string): Money => loadMoney(BigInt(stored));
