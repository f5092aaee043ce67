import { usageMoved } from '#events/expenditures.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { exactText } from '#lib/shared/money.ts';
import { event } from '#lib/shared/outbox.ts';
import { type BillingMonth, type Instant, nextMonth } from '#lib/shared/time.ts';
import { ConditionFailed, transact, type Write } from '#lib/shared/transaction.ts';
import type { Classified } from './classify.ts';
import { closedAtOf, loadMonth, loadMonthsOf } from './month-store.ts';
import { type MonthOwner, moveMonth, moveReferralMonth, type Place } from './month-writes.ts';
import { type Movement, movementOf } from './movement.ts';
import { inParallel } from './parallel.ts';
import { type Receipt, receiptBeside, type StoredRecord } from './receipt.ts';
import { putRecord, toStored } from './record-store.ts';

/** A charge that may be counted. */
export interface Countable extends Classified {
  readonly digest: string;
  readonly mark: string;
}

/** What became of a charge: its receipt, and what is stored under its id. */
export interface Settled {
  readonly receipt: Receipt;
  readonly stored: StoredRecord;
}

/** Charges of one customer, association and month: they move the same items, so they are committed one chunk after the other. */
interface Group {
  readonly owner: MonthOwner;
  readonly type: 'reseller' | 'referral';
  readonly charges: readonly Countable[];
}

/** Records per transaction; with months, marker and event it stays below the 100 items of the service. */
const CHUNK = 90;
const GROUPS_AT_ONCE = 8;
/** Each round either settles a stored record or learns of a closed month, so a handful is plenty. */
const ROUNDS = 10;

/** Stores charges and moves their months, each record once (CUS-096). The ids of `charges` differ. @returns by record id */
export async function countCharges(charges: readonly Countable[], now: Instant): Promise<Map<string, Settled>> {
  const settled = new Map<string, Settled>();
  const groups = groupsOf(charges);
  const places = await likelyPlaces(groups);
  await inParallel([...groups.values()], GROUPS_AT_ONCE, async (group) => {
    let place = places.get(keyOf(group.owner)) ?? { cycle: group.owner.month, fresh: true };
    for (let start = 0; start < group.charges.length; start += CHUNK) {
      const chunk = { ...group, charges: group.charges.slice(start, start + CHUNK) };
      place = await commitChunk(chunk, place, now, settled);
    }
  });
  return settled;
}

/** @returns the place as it is known afterwards */
async function commitChunk(chunk: Group, likely: Place, now: Instant, settled: Map<string, Settled>): Promise<Place> {
  let place = likely;
  let { charges } = chunk;
  for (let round = 0; charges.length > 0; round += 1) {
    if (round === ROUNDS) throw new Refusal(sharedErrors.CONCURRENT_CHANGE);
    const records = charges.map((charge) => toStoredRecord(chunk, charge, place, now));
    try {
      await commit({ ...chunk, charges }, records, place, now);
      for (const stored of records) settled.set(stored.record.recordId, counted(stored));
      return { ...place, fresh: false };
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      const { failures } = error;
      for (const [i, item] of failures) {
        const delivered = charges[i];
        if (!delivered || !item) continue; // a month, not a record
        const stored = toStored(item);
        settled.set(delivered.charge.recordId, { receipt: receiptBeside(stored, delivered), stored });
      }
      if ([...failures.keys()].some((i) => i >= records.length)) place = await findPlace(chunk.owner);
      charges = charges.filter((_charge, i) => !failures.has(i));
    }
  }
  return place;
}

async function commit(chunk: Group, stored: readonly StoredRecord[], place: Place, now: Instant): Promise<void> {
  const movement = movementOf(chunk.charges, place.cycle);
  const months: Write[] =
    chunk.type === 'referral'
      ? [moveReferralMonth(chunk.owner, movement, now)]
      : moveMonth(chunk.owner, place, movement, now);
  await transact({
    // Records are idempotent by their own ids; an Idempotency-Key must not be spent on the first of several transactions.
    aside: true,
    writes: [...stored.map(putRecord), ...months],
    events: movement.usage > 0n ? [usageMovedEvent(chunk.owner, movement, now)] : [],
  });
}

const usageMovedEvent = (owner: MonthOwner, { usage }: Movement, now: Instant) =>
  event(usageMoved, { ...owner, usage: exactText(usage), movedAt: now }, now);

function toStoredRecord({ owner, type }: Group, countable: Countable, place: Place, now: Instant): StoredRecord {
  const { partnerId, resellerId, month } = owner;
  const cycle = type === 'referral' ? month : place.cycle;
  return {
    digest: countable.digest,
    mark: countable.mark,
    record: {
      ...countable.charge,
      partnerId,
      resellerId,
      associationType: type,
      billingCycle: cycle,
      consumptionMonth: month,
      late: cycle !== month,
      receivedAt: now,
    },
  };
}

const counted = (stored: StoredRecord): Settled => ({
  receipt: receiptBeside(stored, { charge: stored.record, digest: stored.digest, mark: stored.mark }),
  stored,
});

/** Reads where a customer's charges of a month are billed now; a closed month never opens again. */
async function findPlace({ partnerId, customerId, month }: MonthOwner): Promise<Place> {
  for (let cycle: BillingMonth = month; ; cycle = nextMonth(cycle)) {
    const item = await loadMonth(partnerId, customerId, cycle);
    if (item && !item.closedAt) return { cycle, fresh: false };
    if (!item && !(await closedAtOf(partnerId, cycle))) return { cycle, fresh: true };
  }
}

/** One read for the whole batch; what changes meanwhile fails a condition and is looked up again. */
async function likelyPlaces(groups: ReadonlyMap<string, Group>): Promise<Map<string, Place>> {
  const owners = new Map([...groups.values()].map(({ owner }) => [keyOf(owner), owner]));
  const places = new Map<string, Place>();
  for (const { closedAt, ...owner } of await loadMonthsOf([...owners.values()])) {
    places.set(keyOf(owner), closedAt ? await findPlace(owner) : { cycle: owner.month, fresh: false });
  }
  return places;
}

const keyOf = ({ partnerId, customerId, month }: MonthOwner): string => `${partnerId}#${customerId}#${month}`;

function groupsOf(charges: readonly Countable[]): Map<string, Group> {
  const groups = new Map<string, Group & { charges: Countable[] }>();
  for (const countable of charges) {
    const { partnerId, resellerId, type, since } = countable.association;
    const owner = { partnerId, resellerId, customerId: countable.charge.customerId, month: countable.month };
    const key = `${keyOf(owner)}#${since}`;
    const group = groups.get(key) ?? { owner, type, charges: [] };
    group.charges.push(countable);
    groups.set(key, group);
  }
  return groups;
}
