import { associationRequested } from '#events/association.ts';
import { enableServices, findAccount } from '#lib/accounts/index.ts';
import { activeAssociation, type Customer, loadCustomer, managingPartner } from '#lib/customers/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { requireStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { type Invitation, registerThroughLink } from '../invitations/invitation.ts';
import { loadInvitation } from '../invitations/invitation-store.ts';
import { type ResolvedToken, resolveToken } from '../invitations/resolve-token.ts';
import { asRequested, type Entry, linkFactsOf } from './entry.ts';
import { loadEntry, putEntry } from './entry-store.ts';
import { associationErrors } from './errors.ts';
import { failRow } from './fail.ts';
import { firstLinkFailure } from './failure.ts';

/** Where a customer stands on its way through an invitation. */
export interface Passage {
  readonly entry: Entry;
  readonly row: Invitation;
}

/**
 * DEV-89, DEV-90: fixes the country, and asks for the association that the queue then checks and makes. Repeating it repeats the
 * request: nothing happens twice.
 * @throws Refusal NOT_REGISTERED, those of the link, COUNTRY_FIXED, PLATFORM_UNAVAILABLE
 */
export async function enableAndAssociate(
  token: string,
  customerId: string,
  wishedCountry: string | undefined,
  now: Instant,
): Promise<Passage> {
  const customer = await requireCustomer(customerId);
  const { entry, row } = await loadPassage(token, customer, now);
  if (entry.state === 'associated' && isWith(customer, row.partnerId)) return { entry, row };
  await requireLink(entry, row, now);
  const account = await findAccount({ accountId: customer.accountId });
  if (!account) throw new Refusal(associationErrors.NO_ACCOUNT);
  await enableServices(account.accountId, wishedCountry ?? account.country);
  return { entry: await redecide(() => request(entry, now)), row };
}

/** @throws Refusal LINK_NOT_FOUND, NOT_REGISTERED */
export async function getPassage(token: string, customerId: string, now: Instant): Promise<Passage> {
  return loadPassage(token, await requireCustomer(customerId), now);
}

async function request({ invitationId, accountId }: Entry, now: Instant): Promise<Entry> {
  const before = await loadEntry(invitationId, accountId);
  if (!before) throw new Refusal(associationErrors.NOT_REGISTERED);
  const after = asRequested(before, now);
  const { customerId, partnerId } = after;
  await transact({
    writes: [putEntry(after, before)],
    events: [event(associationRequested, { invitationId, accountId, customerId }, now)],
    trace: { partnerId, customerId, before, after },
  });
  return after;
}

async function loadPassage(token: string, customer: Customer, now: Instant): Promise<Passage> {
  const target = await resolveToken(token, now);
  if (!target) throw new Refusal(associationErrors.LINK_NOT_FOUND);
  const invitationId = rowIdOf(target, customer, now);
  const [entry, row] = await Promise.all([loadEntry(invitationId, customer.accountId), loadInvitation(invitationId)]);
  if (!entry || !row) throw new Refusal(associationErrors.NOT_REGISTERED);
  return { entry, row };
}

/** A link has a row per account. */
function rowIdOf(target: ResolvedToken, { accountId, accountName, customerId }: Customer, now: Instant): string {
  if (target.kind === 'invitation') return target.invitation.invitationId;
  return registerThroughLink(target.link, { accountId, accountName, customerId }, now).invitationId;
}

/** The rows of the table that are known before anything is done at the platform. */
async function requireLink(entry: Entry, row: Invitation, now: Instant): Promise<void> {
  const code = firstLinkFailure(linkFactsOf(entry, row, await requireStanding(row.partnerId), now));
  if (!code) return;
  if (code === 'LINK_EXPIRED') await redecide(() => failExpired(entry, now));
  throw new Refusal(associationErrors[code]);
}

/** DEV-108, judged on the row as it is now. */
async function failExpired(entry: Entry, now: Instant): Promise<void> {
  const row = await loadInvitation(entry.invitationId);
  if (row?.sendCount !== entry.sendCount || row.status === 'associated' || row.status === 'cancelled') return;
  if (row.failure?.code !== 'LINK_EXPIRED') await failRow(row, 'LINK_EXPIRED', now);
}

async function requireCustomer(customerId: string): Promise<Customer> {
  const customer = await loadCustomer(customerId);
  if (!customer) throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND);
  return customer;
}

/** DEV-97. */
function isWith(customer: Customer, partnerId: string): boolean {
  const association = activeAssociation(customer);
  return association !== undefined && managingPartner(association) === partnerId;
}
