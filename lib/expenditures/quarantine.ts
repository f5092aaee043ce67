import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { canonicalJson, derivedId, digestOf } from '#lib/shared/ids.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { inParallel } from './parallel.ts';
import { loadEntry, type NewEntry, putEntry, type QuarantineEntry } from './quarantine-store.ts';
import type { Delivery, Receipt } from './receipt.ts';

/** Characters kept of a record; beyond, it is kept cut and cannot be released. */
const LARGEST_RAW = 30_000;
/** Together below the 4 MB that a transaction may carry. */
const CHUNK = 50;
const CHUNKS_AT_ONCE = 4;

/** Keeps what was not counted. @returns the receipts, naming the entry where one was kept */
export async function quarantine(
  deliveries: readonly Delivery[],
  receipts: readonly Receipt[],
  now: Instant,
): Promise<Receipt[]> {
  const entries = new Map<string, NewEntry>();
  const named = receipts.map((receipt, i): Receipt => {
    const delivery = deliveries[i];
    if (!delivery || receipt.code === undefined) return receipt;
    const entry = toEntry(delivery, receipt);
    const earlier = entries.get(entry.entryId);
    entries.set(entry.entryId, { ...entry, deliveries: (earlier?.deliveries ?? 0) + 1 });
    return { ...receipt, quarantineEntryId: entry.entryId };
  });
  await inParallel(chunksOf([...entries.values()]), CHUNKS_AT_ONCE, (chunk) => keep(chunk, now));
  return named;
}

/** @throws Refusal NOT_FOUND */
export async function requireEntry(entryId: string): Promise<QuarantineEntry> {
  const entry = await loadEntry(entryId);
  if (!entry) throw new Refusal(sharedErrors.NOT_FOUND);
  return entry;
}

async function keep(chunk: readonly NewEntry[], now: Instant): Promise<void> {
  let entries = chunk;
  while (entries.length > 0) {
    try {
      await transact({ aside: true, writes: entries.map((entry) => putEntry(entry, now)) });
      return;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      const { failures } = error;
      entries = entries.filter((_entry, i) => !failures.has(i)); // those were kept by the same delivery before a crash
    }
  }
}

const chunksOf = (entries: readonly NewEntry[]): NewEntry[][] =>
  Array.from({ length: Math.ceil(entries.length / CHUNK) }, (_, i) => entries.slice(i * CHUNK, (i + 1) * CHUNK));

/** The id follows from record id and content: the same record delivered again is the same entry. */
function toEntry({ raw, mark }: Delivery, { code, reasons, recordId }: Receipt): NewEntry {
  const text = canonicalJson(raw);
  return {
    entryId: derivedId('qua', recordId ?? '', digestOf(raw)),
    recordId,
    code: code ?? 'RECORD_INVALID',
    reasons: (reasons ?? []).slice(0, 20),
    raw: text.slice(0, LARGEST_RAW),
    cut: text.length > LARGEST_RAW,
    mark,
    deliveries: 1,
  };
}
