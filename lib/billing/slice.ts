import { loadCustomers } from '#lib/customers/index.ts';
import type { ExpenditureRecord } from '#lib/expenditures/index.ts';
import { loadPartner } from '#lib/partners/index.ts';
import type { Terms } from './bill.ts';
import { type Breakdown, startBreakdown } from './breakdown/breakdown.ts';
import { startTaking } from './coupons/taking.ts';
import { ruleTimeOf } from './cycle.ts';
import { startProving } from './freeze-proof.ts';
import { type LineNames, toLine } from './line.ts';
import { type LinePage, startPages } from './line-page.ts';
import type { OriginalBills } from './original-bills.ts';
import type { Part } from './part-store.ts';
import { RECORDS_AT_ONCE } from './parts.ts';
import { type Position, positionBehind } from './position.ts';
import { readAhead } from './read-ahead.ts';
import { settle } from './settlement.ts';
import { startSettling } from './settling.ts';
import { addLine, addUses, startTotals, type Totals } from './totals.ts';
import { withheldOf } from './withholding.ts';

/** What one commit of a part writes. */
export interface Slice {
  readonly pages: readonly LinePage[];
  readonly totals: Totals;
  readonly breakdown: Breakdown;
  readonly position: Position;
  /** The part is finished with it. */
  readonly last: boolean;
}

/** A transaction holds 4 MB; compressed pages rarely come near. */
const BYTES_AT_ONCE = 3_000_000;
const FEWEST_RECORDS = 1_000;

/**
 * Reads and settles a part from its position on.
 * @throws CannotBill LINES_INCOMPLETE when the records of a customer are not those that were frozen, ORIGINAL_NOT_BILLED
 */
export async function settleSlice(
  part: Part,
  terms: Terms,
  originalBills: OriginalBills,
  atMost = RECORDS_AT_ONCE,
): Promise<Slice> {
  const { partnerId, cycle } = part;
  const customerIds = part.customers.map(({ customerId }) => customerId);
  const range = { first: customerIds[0] ?? '', last: customerIds.at(-1) ?? '' };
  const [rulesFor, namesFor] = await Promise.all([
    startSettling({ partnerId, cycle, discountVersion: terms.discountVersion, customers: range }, originalBills),
    startNaming(customerIds, terms),
  ]);
  const proofsFor = startProving();
  const takingFor = startTaking(part, terms);
  const pages = startPages();
  const totals = startTotals();
  const breakdown = startBreakdown();
  let position = part.position;
  for await (const read of readAhead({ partnerId, cycle, customerIds }, part.position, atMost)) {
    const [rules, namesOf, proofOf, usesOf] = await Promise.all([
      rulesFor(read.records),
      namesFor(read.records),
      proofsFor(read.records),
      takingFor(read.records),
    ]);
    for (const record of read.records) {
      const settlement = settle(record, rules);
      const beside = { couponUsages: usesOf(record), startedWhileFrozen: proofOf(record) };
      const line = toLine(record, namesOf(record), settlement, terms.taxComponents, beside);
      const withheld = withheldOf(terms.withholding, ruleTimeOf(record), line.amounts.taxExclusiveDue);
      addLine(totals, record.billType, settlement.amount, line.amounts, withheld);
      addUses(totals, line.couponUsages);
      breakdown.add(line);
      pages.add(line);
    }
    position = positionBehind(part.customers, position, read);
  }
  const finished = await pages.finish();
  const bytes = finished.reduce((total, page) => total + page.lines.length, 0);
  if (bytes > BYTES_AT_ONCE && atMost > FEWEST_RECORDS) return settleSlice(part, terms, originalBills, FEWEST_RECORDS);
  const last = position.customer === part.customers.length;
  return { pages: finished, totals, breakdown: breakdown.result(), position, last };
}

/** Columns 3 to 7: the customer, and the reseller it belongs to or the partner itself (FIN-13). */
export async function startNaming(
  customerIds: readonly string[],
  partner: Pick<Terms, 'partnerName' | 'partnerAccountName'>,
): Promise<(records: readonly ExpenditureRecord[]) => Promise<(record: ExpenditureRecord) => LineNames>> {
  const customers = new Map((await loadCustomers(customerIds)).map((each) => [each.customerId, each]));
  const sellers = new Map<string | undefined, Pick<Terms, 'partnerName' | 'partnerAccountName'>>([
    [undefined, partner],
  ]);
  return async (records) => {
    const unknown = new Set(
      records.map(({ resellerId }) => resellerId).filter((resellerId) => !sellers.has(resellerId)),
    );
    for (const resellerId of unknown) {
      const reseller = resellerId === undefined ? undefined : await loadPartner(resellerId);
      const { companyName = '', accountName = '' } = reseller ?? {};
      sellers.set(resellerId, { partnerName: companyName, partnerAccountName: accountName });
    }
    return ({ customerId, resellerId }) => {
      const customer = customers.get(customerId);
      const { partnerName, partnerAccountName } = sellers.get(resellerId) ?? partner;
      const { customerName, accountName = '' } = customer ?? {};
      return { customerName, accountName, partnerName, partnerAccountName };
    };
  };
}
