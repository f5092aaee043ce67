import {
  type CouponIndex,
  type CouponUse,
  indexCoupons,
  knownAt,
  loadCoupons,
  mayBeCovered,
  takenBack,
} from '#lib/coupons/index.ts';
import type { ExpenditureRecord } from '#lib/expenditures/index.ts';
import type { Money } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Terms } from '../bill.ts';
import { loadLine } from '../line-page-store.ts';
import type { OriginalBills } from '../original-bills.ts';
import type { Part } from '../part-store.ts';
import { RECORDS_AT_ONCE } from '../parts.ts';
import { type Position, positionBehind } from '../position.ts';
import { readAhead } from '../read-ahead.ts';
import { type Original, settle } from '../settlement.ts';
import { startSettling } from '../settling.ts';
import {
  bucketsOf,
  type Candidate,
  refundCandidate,
  refundedFraction,
  sameBillRefund,
  spendingOf,
  spentCandidate,
} from './candidate.ts';

export interface CollectedSlice {
  readonly buckets: ReadonlyMap<string, readonly Candidate[]>;
  readonly position: Position;
  /** The part is collected with it. */
  readonly last: boolean;
}

/**
 * Reads and settles a part from its position on and keeps the lines that coupons may have to do with (FIN-52, FIN-63).
 * @throws CannotBill LINES_INCOMPLETE when the records of a customer are not those that were frozen, ORIGINAL_NOT_BILLED
 */
export async function collectSlice(
  part: Part,
  terms: Terms,
  couponsAsOf: Instant,
  originalBills: OriginalBills,
): Promise<CollectedSlice> {
  const { partnerId, cycle } = part;
  const customerIds = part.customers.map(({ customerId }) => customerId);
  const customers = { first: customerIds[0] ?? '', last: customerIds.at(-1) ?? '' };
  const [rulesFor, coupons] = await Promise.all([
    startSettling({ partnerId, cycle, discountVersion: terms.discountVersion, customers }, originalBills),
    loadCoupons(partnerId),
  ]);
  const toCandidate = startSelecting(part, indexCoupons(knownAt(coupons, couponsAsOf)), originalBills);
  const bucketOf = bucketsOf(cycle);
  const buckets = new Map<string, Candidate[]>();
  let position = part.position;
  for await (const read of readAhead({ partnerId, cycle, customerIds }, part.position, RECORDS_AT_ONCE)) {
    const rules = await rulesFor(read.records);
    for (const record of read.records) {
      const settlement = settle(record, rules);
      const original = rules.originals.get(settlement.originalRecordId ?? '');
      const candidate = await toCandidate(record, settlement.amount, original);
      if (candidate) put(buckets, bucketOf(record.transactionTime), candidate);
    }
    position = positionBehind(part.customers, position, read);
  }
  return { buckets, position, last: position.customer === part.customers.length };
}

function put(buckets: Map<string, Candidate[]>, bucket: string, candidate: Candidate): void {
  const known = buckets.get(bucket);
  if (known) known.push(candidate);
  else buckets.set(bucket, [candidate]);
}

/** Decides for each record whether coupons may have to do with it. */
function startSelecting({ part, cycle }: Part, index: CouponIndex, originalBills: OriginalBills) {
  const usesOf = startLookingUp(originalBills);
  return async (record: ExpenditureRecord, settlement: Money, original?: Original): Promise<Candidate | undefined> => {
    if (record.billType === 'expenditure') {
      const fitting = settlement > 0n && mayBeCovered(index, spendingOf(record));
      return fitting ? spentCandidate(record, settlement, part) : undefined;
    }
    if (!original) return undefined;
    if (original.charge.billingCycle === cycle) return sameBillRefund(record, original, part);
    const uses = takenBack(await usesOf(original.charge), refundedFraction(record, original.charge));
    return uses.length > 0 ? refundCandidate(record, uses, part) : undefined;
  };
}

/** What a line of an earlier bill took from coupons; bills without coupons are not asked for their lines. */
const startLookingUp =
  (originalBills: OriginalBills) =>
  async (original: ExpenditureRecord): Promise<readonly CouponUse[]> => {
    const bill = await originalBills(original.billingCycle);
    if (bill?.terms.couponsAsOf === undefined) return [];
    return (await loadLine(bill.billId, original))?.couponUsages ?? [];
  };
