import { getItem, type Item, queryPage } from '#lib/shared/dynamodb.ts';
import type { FieldError } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { REFUSAL_CODES, type RefusalCode } from './classify.ts';
import type { ReceiptKind } from './receipt.ts';

export type QuarantineStatus = 'open' | 'released';

/** A record that could not be counted, kept as it was delivered until somebody releases it. */
export interface QuarantineEntry {
  readonly entryId: string;
  readonly recordId?: string;
  readonly code: RefusalCode;
  readonly reasons: readonly FieldError[];
  /** The record as JSON; cut when it is too large to keep. */
  readonly raw: string;
  readonly cut: boolean;
  readonly status: QuarantineStatus;
  readonly deliveries: number;
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  readonly mark: string;
  readonly releasedAt?: Instant;
  readonly releasedBy?: string;
  readonly outcome?: ReceiptKind;
}

/** Entries of one code are spread over this many index partitions, so that a feed gone wrong does not make one of them hot. */
const SHARDS = 4;
const index = { index: 'byQuarantine', keys: { pk: 'quarantineKey', sk: 'quarantineSort' } } as const;

const key = (entryId: string) => ({ pk: `QUARANTINE#${entryId}`, sk: 'ENTRY' });
const shardOf = (entryId: string): number => entryId.charCodeAt(entryId.length - 1) % SHARDS;
const indexKey = (status: QuarantineStatus, code: RefusalCode, shard: number): string =>
  `QUARANTINE#${status}#${code}#${shard}`;

export type NewEntry = Pick<
  QuarantineEntry,
  'entryId' | 'recordId' | 'code' | 'reasons' | 'raw' | 'cut' | 'mark' | 'deliveries'
>;

/** The same record again is the same entry, delivered once more; the same delivery again, after a crash, changes nothing. */
export function putEntry(entry: NewEntry, now: Instant): Write {
  return {
    table: 'expenditures',
    update: key(entry.entryId),
    set:
      'SET entryId = :entryId, recordId = :recordId, code = :code, reasons = :reasons, #raw = :raw, cut = :cut, #status = :open, ' +
      'mark = :mark, lastSeenAt = :now, firstSeenAt = if_not_exists(firstSeenAt, :now), quarantineKey = :key, ' +
      'quarantineSort = if_not_exists(quarantineSort, :sort) ADD deliveries :deliveries',
    condition: 'attribute_not_exists(mark) OR mark <> :mark',
    names: { '#raw': 'raw', '#status': 'status' },
    values: {
      ...Object.fromEntries(Object.entries(entry).map(([name, value]) => [`:${name}`, value ?? null])),
      ':open': 'open',
      ':now': now,
      ':key': indexKey('open', entry.code, shardOf(entry.entryId)),
      ':sort': `${now}#${entry.entryId}`,
    },
  };
}

export async function loadEntry(entryId: string): Promise<QuarantineEntry | undefined> {
  const item = await getItem('expenditures', key(entryId));
  return item && toEntry(item);
}

/** Closes an entry whose record is counted now. A second release finds it closed. */
export function closeEntry(entry: QuarantineEntry, by: string, outcome: ReceiptKind, now: Instant): Write {
  return {
    table: 'expenditures',
    update: key(entry.entryId),
    set: 'SET #status = :released, releasedAt = :now, releasedBy = :by, outcome = :outcome, quarantineKey = :key',
    condition: '#status = :open',
    names: { '#status': 'status' },
    values: {
      ':open': 'open',
      ':released': 'released',
      ':now': now,
      ':by': by,
      ':outcome': outcome,
      ':key': indexKey('released', entry.code, shardOf(entry.entryId)),
    },
  };
}

export interface QuarantineQuery {
  readonly status: QuarantineStatus;
  readonly code?: RefusalCode;
  readonly limit: number;
  /** Position of the last entry of the page before. */
  readonly before?: string;
}

/** Newest first: the heads of all shards, merged. A position is a sort value, so one is enough for all of them. */
export async function listEntries(query: QuarantineQuery): Promise<{ entries: QuarantineEntry[]; next?: string }> {
  const codes = query.code ? [query.code] : REFUSAL_CODES;
  const keys = codes.flatMap((code) =>
    Array.from({ length: SHARDS }, (_, shard) => indexKey(query.status, code, shard)),
  );
  const heads = await Promise.all(keys.map((pk) => headOf(pk, query)));
  const merged = heads.flat().sort((a, b) => (String(a.quarantineSort) < String(b.quarantineSort) ? 1 : -1));
  const page = merged.slice(0, query.limit);
  const last = merged.length > query.limit ? page.at(-1) : undefined;
  return { entries: page.map(toEntry), next: last && String(last.quarantineSort) };
}

/** One more than asked for, to know whether anything follows. */
async function headOf(pk: string, { limit, before }: QuarantineQuery): Promise<Item[]> {
  const sk = before === undefined ? undefined : ({ between: ['0', before] } as const);
  const page = await queryPage({ table: 'expenditures', ...index, pk, sk, newestFirst: true, limit: limit + 2 });
  return page.items.filter((item) => item.quarantineSort !== before);
}

function toEntry(item: Item): QuarantineEntry {
  const { pk: _pk, sk: _sk, quarantineKey: _key, quarantineSort: _sort, recordId, ...entry } = item;
  return { ...entry, ...(recordId ? { recordId } : {}) } as unknown as QuarantineEntry;
}
