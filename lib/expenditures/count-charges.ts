import { usageMoved } from '#events/expenditures.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { exactText } from '#lib/shared/money.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact, type Write } from '#lib/shared/transaction.ts';
import { moveMonth, moveReferralMonth } from './month-writes.ts';
import { movementOf } from './movement.ts';
import { inParallel } from './parallel.ts';
import { type Countable, type Part, wavesOf } from './parts.ts';
import { likelyPlaces, type Places, placeOf, refreshPlace, setPlace } from './places.ts';
import { type Receipt, receiptBeside, type StoredRecord } from './receipt.ts';
import { putRecord, toStored } from './record-store.ts';

/** What became of a charge: its receipt, and what is stored under its id. */
export interface Settled {
  readonly receipt: Receipt;
  readonly stored: StoredRecord;
}

const TRANSACTIONS_AT_ONCE = 4;
/** Each round settles stored records or learns of a closed month, so a handful is plenty. */
const ROUNDS = 10;

/** Stores charges and moves their months, each record once (CUS-096). The ids of `charges` differ. @returns by record id */
export async function countCharges(charges: readonly Countable[], now: Instant): Promise<Map<string, Settled>> {
  const settled = new Map<string, Settled>();
  const waves = wavesOf(charges);
  const places = await likelyPlaces(waves.flat(2).map(({ owner }) => owner));
  for (const wave of waves) {
    await inParallel(wave, TRANSACTIONS_AT_ONCE, (parts) => commitParts(parts, places, settled, now));
  }
  return settled;
}

async function commitParts(
  wanted: readonly Part[],
  places: Places,
  settled: Map<string, Settled>,
  now: Instant,
): Promise<void> {
  let parts = wanted;
  for (let round = 0; parts.length > 0; round += 1) {
    if (round === ROUNDS) throw new Refusal(sharedErrors.CONCURRENT_CHANGE);
    const records = parts.flatMap((part) => toRecords(part, places, now));
    try {
      await commit(parts, records, places, now);
      for (const stored of records) settled.set(stored.record.recordId, asCounted(stored));
      for (const { owner } of parts) setPlace(places, owner, placeOf(places, owner).cycle);
      return;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      const { failures } = error;
      settleStored(parts, failures, settled);
      if ([...failures.keys()].some((i) => i >= records.length)) await refresh(parts, places);
      parts = withoutSettled(parts, settled);
    }
  }
}

async function commit(
  parts: readonly Part[],
  records: readonly StoredRecord[],
  places: Places,
  now: Instant,
): Promise<void> {
  const moves = parts.map((part) => moveOf(part, places, now));
  const checks = new Map(moves.flatMap(({ check }) => (check ? [[check.check.pk, check]] : [])));
  await transact({
    // Records are idempotent by their own ids; an Idempotency-Key must not be spent on the first of several transactions.
    aside: true,
    writes: [...records.map(putRecord), ...moves.flatMap(({ writes }) => writes), ...checks.values()],
    events: moves.flatMap(({ events }) => events),
  });
}

interface Move {
  readonly writes: readonly Write[];
  readonly check?: Extract<Write, { check: unknown }>;
  readonly events: readonly OutgoingEvent[];
}

function moveOf({ owner, type, charges }: Part, places: Places, now: Instant): Move {
  const place = placeOf(places, owner);
  if (type === 'referral') {
    return { writes: [moveReferralMonth(owner, movementOf(charges, owner.month), now)], events: [] };
  }
  const movement = movementOf(charges, place.cycle);
  const products = Object.fromEntries([...movement.products].map(([key, used]) => [key, exactText(used)]));
  const detail = { ...owner, usage: exactText(movement.usage), products, movedAt: now };
  return {
    ...moveMonth(owner, place, movement, now),
    events: movement.usage > 0n ? [event(usageMoved, detail, now)] : [],
  };
}

function toRecords({ owner, type, charges }: Part, places: Places, now: Instant): StoredRecord[] {
  const { partnerId, resellerId, month } = owner;
  const billingCycle = type === 'referral' ? month : placeOf(places, owner).cycle;
  const belonging = { partnerId, resellerId, associationType: type, billingCycle, consumptionMonth: month };
  return charges.map(({ charge, digest, mark }) => ({
    digest,
    mark,
    record: { ...charge, ...belonging, late: billingCycle !== month, receivedAt: now },
  }));
}

/** Records that are stored already tell so by their failed condition, which hands them back. */
function settleStored(
  parts: readonly Part[],
  failures: ConditionFailed['failures'],
  settled: Map<string, Settled>,
): void {
  const charges = parts.flatMap((part) => part.charges);
  for (const [i, item] of failures) {
    const delivered = charges[i];
    if (!delivered || !item) continue; // a month or a marker
    const stored = toStored(item);
    settled.set(delivered.charge.recordId, { receipt: receiptBeside(stored, delivered), stored });
  }
}

async function refresh(parts: readonly Part[], places: Places): Promise<void> {
  for (const { owner, type } of parts) if (type === 'reseller') await refreshPlace(places, owner);
}

const withoutSettled = (parts: readonly Part[], settled: ReadonlyMap<string, Settled>): Part[] =>
  parts
    .map((part) => ({ ...part, charges: part.charges.filter(({ charge }) => !settled.has(charge.recordId)) }))
    .filter((part) => part.charges.length > 0);

const asCounted = (stored: StoredRecord): Settled => ({
  receipt: receiptBeside(stored, { charge: stored.record, digest: stored.digest, mark: stored.mark }),
  stored,
});
