import { positionOf } from './position.ts';
import type { ExpenditureRecord } from './record.ts';

/** One stream out of several that each run newest first, as a customer has them that changed its partner. */
export async function* mergedNewestFirst(
  streams: readonly AsyncGenerator<ExpenditureRecord>[],
): AsyncGenerator<ExpenditureRecord> {
  const heads = await Promise.all(streams.map((stream) => headOf(stream)));
  for (;;) {
    const newest = heads
      .filter((head) => head !== undefined)
      .reduce<Head | undefined>(
        (best, head) => (best && positionOf(best.record) > positionOf(head.record) ? best : head),
        undefined,
      );
    if (!newest) return;
    yield newest.record;
    heads[heads.indexOf(newest)] = await headOf(newest.stream);
  }
}

interface Head {
  readonly record: ExpenditureRecord;
  readonly stream: AsyncGenerator<ExpenditureRecord>;
}

async function headOf(stream: AsyncGenerator<ExpenditureRecord>): Promise<Head | undefined> {
  const { done, value } = await stream.next();
  return done ? undefined : { record: value, stream };
}
