import * as z from 'zod';
import { findAccount } from '#lib/accounts/index.ts';
import {
  type AssociationType,
  activeAssociation,
  type Customer,
  customerErrors,
  loadCustomer,
} from '#lib/customers/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { requireStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { managerOf } from '../links/manager.ts';
import { associationCommit } from './bundle.ts';
import { associationErrors } from './errors.ts';
import { gatherFacts, type Pair } from './facts.ts';
import { type FailureCode, failuresAmong, firstFailure, WAIVABLE_BY_TICKET } from './failure.ts';
import { BLOCKED } from './failure-text.ts';

export interface TicketWish {
  readonly ticketId: string;
  /** The partner that the customer deals with; a reseller brings its distributor along. */
  readonly partnerId: string;
  readonly type: AssociationType;
  readonly accountManagerId?: string;
  readonly customTag?: string;
  readonly skipDefaultFreeze: boolean;
}

export interface TicketResult {
  readonly customer: Customer;
  /** What the ticket set aside. */
  readonly waived: readonly FailureCode[];
}

/**
 * DEV-109, DEV-110: an operator associates on a ticket, when nothing stands in the way that a ticket cannot waive.
 * @throws Refusal the first cause that blocks; NOT_AN_ACCOUNT_MANAGER, NO_ACCOUNT, PARTNER_INACTIVE
 */
export const associateByTicket = (customerId: string, wish: TicketWish, now: Instant): Promise<TicketResult> =>
  redecide(() => tryTicket(customerId, wish, now));

async function tryTicket(customerId: string, wish: TicketWish, now: Instant): Promise<TicketResult> {
  const pair = await loadPair(customerId, wish);
  const { facts, lead } = await gatherFacts(pair, { waived: WAIVABLE_BY_TICKET }, now);
  const code = firstFailure(facts, now);
  const blocked = code && BLOCKED[code];
  if (blocked) throw new Refusal(blocked);
  if (activeAssociation(pair.customer)) return { customer: pair.customer, waived: [] }; // DEV-97: with this very partner
  const { ticketId, customTag, skipDefaultFreeze: skipFreeze } = wish;
  const accountManagerId = await managerFor(wish);
  const commit = associationCommit(pair, { origin: 'ticket', customTag, accountManagerId, skipFreeze }, lead, now);
  const waived = failuresAmong(WAIVABLE_BY_TICKET, facts, now);
  await transact({
    ...commit,
    trace: { ...commit.trace, after: { association: commit.trace.after, ticketId, waived, skipFreeze } },
  });
  return { customer: await requireCustomer(customerId), waived };
}

async function loadPair(customerId: string, { partnerId, type }: TicketWish): Promise<Pair> {
  const [customer, standing] = await Promise.all([requireCustomer(customerId), requireStanding(partnerId)]);
  if (standing.status !== 'active') throw new Refusal(sharedErrors.PARTNER_INACTIVE);
  const account = await findAccount({ accountId: customer.accountId });
  if (!account) throw new Refusal(associationErrors.NO_ACCOUNT);
  return { type, standing, account, customer };
}

/** CUS-184. */
async function managerFor({ accountManagerId, partnerId }: TicketWish): Promise<string | undefined> {
  if (accountManagerId === undefined) return undefined;
  const managerId = await managerOf({ partnerId, accountManagerId });
  if (!managerId) throw new Refusal(customerErrors.NOT_AN_ACCOUNT_MANAGER);
  return managerId;
}

async function requireCustomer(customerId: string): Promise<Customer> {
  const customer = await loadCustomer(customerId);
  if (!customer) throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND);
  return customer;
}

export const TICKET_ERRORS = [
  ...Object.values(BLOCKED),
  customerErrors.NOT_AN_ACCOUNT_MANAGER,
  associationErrors.NO_ACCOUNT,
];

export const waivedCodes = z.array(z.enum(['CONSUMPTION_RECORD', 'BALANCE_OR_INVOICE', 'REGISTERED_TOO_LONG']));
