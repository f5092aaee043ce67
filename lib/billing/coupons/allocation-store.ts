import type { CouponUse } from '#lib/coupons/index.ts';
import { type Item, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { packTexts, unpackText } from '../packed-texts.ts';
import { type Allocation, LANES } from './allocation.ts';
import { packUses, unpackUses } from './packed-candidate.ts';

const END = '~';

const partition = (billId: string): string => `ALLOCATIONS#${billId}`;
const laneOf = (part: number): string => `${part % LANES}#`;

/** Allocations of a step, which come in their sequence: pages are keyed by the last of them, as pages of lines are. */
export async function allocationPuts(billId: string, allocations: readonly Allocation[]): Promise<Write[]> {
  const lanes = Map.groupBy(allocations, ({ part }) => laneOf(part));
  const writes = await Promise.all(
    [...lanes].map(async ([lane, own]) => {
      const packs = await packTexts(own, toText);
      return packs.map(
        ({ packed, last }): Write => ({
          table: 'billing',
          put: { pk: partition(billId), sk: `${lane}${last.place}`, packed },
          condition: 'attribute_not_exists(pk)',
        }),
      );
    }),
  );
  return writes.flat();
}

/** The allocations of a part in their sequence, from a time on. */
export async function* listAllocations(billId: string, part: number, from = ''): AsyncGenerator<Allocation> {
  const lane = laneOf(part);
  const sk = { between: [`${lane}${from}`, `${lane}${END}`] } as const;
  for await (const item of queryAll({ table: 'billing', pk: partition(billId), sk, limit: PAGES_A_READ })) {
    for (const allocation of await allocationsIn(item)) if (allocation.part === part) yield allocation;
  }
}

const PAGES_A_READ = 20;

/** What a line took in an earlier step: the first page whose last line is not before it holds it, if it took anything. */
export async function loadUses(billId: string, part: number, place: string): Promise<readonly CouponUse[]> {
  const lane = laneOf(part);
  const sk = { between: [`${lane}${place}`, `${lane}${END}`] } as const;
  const { items } = await queryPage({ table: 'billing', pk: partition(billId), sk, limit: 1 });
  const found = items[0] && (await allocationsIn(items[0])).find((each) => each.place === place);
  return found?.uses ?? [];
}

type Stored = readonly [part: number, recordId: string, place: string, uses: Parameters<typeof unpackUses>[0]];

const toText = ({ part, recordId, place, uses }: Allocation): string =>
  JSON.stringify([part, recordId, place, packUses(uses)] satisfies Stored);

async function allocationsIn(item: Item): Promise<Allocation[]> {
  const stored = JSON.parse(await unpackText(item.packed as Uint8Array)) as Stored[];
  return stored.map(([part, recordId, place, uses]) => ({ part, recordId, place, uses: unpackUses(uses) }));
}
