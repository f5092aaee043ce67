import { digestOf } from '#lib/shared/ids.ts';
import { count } from '#lib/shared/log.ts';
import type { Instant } from '#lib/shared/time.ts';
import { type ParsedCharge, parseCharge } from './charge-form.ts';
import { classify, type Refused, refused, toCharge } from './classify.ts';
import { countCharges, type Settled } from './count-charges.ts';
import { type Directory, loadDirectory } from './directory.ts';
import type { Countable } from './parts.ts';
import { quarantine } from './quarantine.ts';
import { type Delivery, type Receipt, receiptBeside } from './receipt.ts';

type Judged = Countable | (Refused & { readonly recordId?: string });

/**
 * Takes delivered records in: each is counted once, and every delivery gets a receipt, in order. What cannot be counted is kept in
 * quarantine. May be repeated with the same deliveries at any time, in any order and at once.
 */
export async function ingest(deliveries: readonly Delivery[], now: Instant): Promise<Receipt[]> {
  const receipts = await countDeliveries(deliveries, now);
  const kept = await quarantine(deliveries, receipts, now);
  report(kept);
  return kept;
}

/** As `ingest`, for deliveries that are in quarantine already. */
export async function countDeliveries(deliveries: readonly Delivery[], now: Instant): Promise<Receipt[]> {
  const read = deliveries.map((delivery) => ({ ...delivery, parsed: parseCharge(delivery.raw) }));
  const directory = await loadDirectory(read.flatMap(({ parsed }) => (parsed.ok ? [parsed.form] : [])));
  const judged = read.map((each) => judge(each, directory));

  // The same id twice in one batch: the first is counted, the others are told what they are beside it.
  const firsts = new Map<string, Countable>();
  for (const each of judged) {
    if (each.kind === 'accepted' && !firsts.has(each.charge.recordId)) firsts.set(each.charge.recordId, each);
  }
  const settled = await countCharges([...firsts.values()], now);
  return judged.map((each) => receiptOf(each, firsts, settled));
}

function judge({ raw, mark, parsed }: Delivery & { readonly parsed: ParsedCharge }, directory: Directory): Judged {
  if (!parsed.ok) {
    return { kind: 'refused', code: 'RECORD_INVALID', reasons: parsed.reasons, recordId: recordIdIn(raw) };
  }
  const { form } = parsed;
  const customerId = directory.customerIdOf(form);
  if (customerId === undefined) {
    const pointer = form.customerId === undefined ? '/accountId' : '/customerId';
    return { ...refused('UNKNOWN_CUSTOMER', pointer, 'there is no such customer'), recordId: form.recordId };
  }
  const charge = toCharge(form, customerId);
  const classified = classify(charge, directory.factsOf(customerId));
  if (classified.kind === 'refused') return { ...classified, recordId: form.recordId };
  return { ...classified, mark, digest: digestOf(charge) };
}

function receiptOf(
  judged: Judged,
  firsts: ReadonlyMap<string, Countable>,
  settled: ReadonlyMap<string, Settled>,
): Receipt {
  if (judged.kind === 'refused') {
    const { code, reasons, recordId } = judged;
    return { receipt: 'rejected', code, reasons, recordId };
  }
  const { recordId } = judged.charge;
  const result = settled.get(recordId);
  if (!result) throw new Error(`record ${recordId} was neither counted nor found`);
  return firsts.get(recordId) === judged ? result.receipt : receiptBeside(result.stored, judged);
}

const recordIdIn = (raw: unknown): string | undefined =>
  typeof raw === 'object' && raw !== null && 'recordId' in raw && typeof raw.recordId === 'string'
    ? raw.recordId.slice(0, 128)
    : undefined;

function report(receipts: readonly Receipt[]): void {
  const counted = receipts.filter(({ receipt }) => receipt === 'counted' || receipt === 'late').length;
  const duplicates = receipts.filter(({ receipt }) => receipt === 'duplicate').length;
  if (counted > 0) count('RecordsCounted', counted);
  if (duplicates > 0) count('RecordsDuplicate', duplicates);
  if (receipts.length > counted + duplicates) count('RecordsQuarantined', receipts.length - counted - duplicates);
}
