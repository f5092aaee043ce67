import type { Classified } from './classify.ts';
import type { MonthOwner } from './month-writes.ts';

/** A charge that may be counted. */
export interface Countable extends Classified {
  readonly digest: string;
  readonly mark: string;
}

/** Charges of one customer, association and month that are committed together with what they move. */
export interface Part {
  readonly owner: MonthOwner;
  readonly type: 'reseller' | 'referral';
  readonly charges: readonly Countable[];
}

/** A limit of the service on one transaction. */
const ITEMS = 100;
/** Beside its records a part writes at most two months, the check of a closed marker and its event. */
const BESIDE = 4;
/** Records in one part. */
const LARGEST = 90;

/**
 * Cuts charges into waves of transactions. Parts of one customer move the same items, so they lie in successive waves; the
 * transactions of a wave touch nothing in common and may be committed at once.
 */
export function wavesOf(charges: readonly Countable[]): Part[][][] {
  const lanes = [...lanesOf(charges).values()];
  const longest = Math.max(0, ...lanes.map((lane) => lane.length));
  return Array.from({ length: longest }, (_, wave) => transactionsOf(lanes.flatMap((lane) => lane[wave] ?? [])));
}

function transactionsOf(parts: readonly Part[]): Part[][] {
  const transactions: Part[][] = [];
  let items = ITEMS;
  for (const part of parts) {
    items += part.charges.length + BESIDE;
    if (items > ITEMS) {
      transactions.push([]);
      items = part.charges.length + BESIDE;
    }
    transactions.at(-1)?.push(part);
  }
  return transactions;
}

/** The parts of each customer, in the order in which their first charges came. */
function lanesOf(charges: readonly Countable[]): Map<string, Part[]> {
  const lanes = new Map<string, Part[]>();
  for (const group of groupsOf(charges)) {
    const key = `${group.owner.partnerId}#${group.owner.customerId}`;
    const lane = lanes.get(key) ?? [];
    lanes.set(key, lane);
    for (let start = 0; start < group.charges.length; start += LARGEST) {
      lane.push({ ...group, charges: group.charges.slice(start, start + LARGEST) });
    }
  }
  return lanes;
}

function groupsOf(charges: readonly Countable[]): Part[] {
  const groups = new Map<string, Part & { readonly charges: Countable[] }>();
  for (const countable of charges) {
    const { partnerId, resellerId, type, since } = countable.association;
    const owner = { partnerId, resellerId, customerId: countable.charge.customerId, month: countable.month };
    const key = `${partnerId}#${owner.customerId}#${since}#${owner.month}`;
    const group = groups.get(key) ?? { owner, type, charges: [] };
    groups.set(key, group);
    group.charges.push(countable);
  }
  return [...groups.values()];
}
