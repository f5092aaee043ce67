import { type Key, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { packTexts, unpackText } from '../packed-texts.ts';
import type { Part } from '../part-store.ts';
import type { Candidate } from './candidate.ts';
import { packCandidate, unpackCandidates } from './packed-candidate.ts';

const partition = (billId: string): string => `CANDIDATES#${billId}`;
const END = '~';

/** What a slice of a part found, bucket by bucket; a part's version grows with each slice. */
export async function candidatePuts(
  billId: string,
  { part, version }: Pick<Part, 'part' | 'version'>,
  buckets: ReadonlyMap<string, readonly Candidate[]>,
): Promise<Write[]> {
  const writes = await Promise.all(
    [...buckets].map(async ([bucket, candidates]) => {
      const packs = await packTexts(candidates, packCandidate);
      return packs.map(
        ({ packed }, i): Write => ({
          table: 'billing',
          put: { pk: partition(billId), sk: `${bucket}#${partName(part)}#${version}#${i}`, packed },
          condition: 'attribute_not_exists(pk)',
        }),
      );
    }),
  );
  return writes.flat();
}

/** The first bucket from `from` on that has candidates. */
export async function nextBucket(billId: string, from: string): Promise<string | undefined> {
  const sk = { between: [from, END] } as const;
  const { items } = await queryPage({ table: 'billing', pk: partition(billId), sk, limit: 1, attributes: ['sk'] });
  return items[0] && bucketOfKey(String(items[0].sk));
}

export const behindBucket = (bucket: string): string => `${bucket}#${END}`;

export async function loadBucket(billId: string, bucket: string): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  const query = { table: 'billing', pk: partition(billId), sk: { beginsWith: `${bucket}#` } } as const;
  for await (const item of queryAll(query)) {
    for (const each of unpackCandidates(await unpackText(item.packed as Uint8Array))) candidates.push(each);
  }
  return candidates;
}

/** Keys of up to `limit` pages of a part. It is asked only when what was read did not add up. */
export async function listCandidateKeys(billId: string, part: number, limit: number): Promise<Key[]> {
  const keys: Key[] = [];
  for await (const item of queryAll({ table: 'billing', pk: partition(billId), attributes: ['pk', 'sk'] })) {
    if (String(item.sk).split('#')[1] === partName(part)) keys.push(item as Key);
    if (keys.length === limit) break;
  }
  return keys;
}

export const removeCandidates = (key: Key): Write => ({ table: 'billing', remove: key });

const bucketOfKey = (sk: string): string => sk.slice(0, sk.indexOf('#'));
const partName = (part: number): string => String(part).padStart(6, '0');
