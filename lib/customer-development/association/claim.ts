import type { AccountFacts } from '#lib/accounts/index.ts';
import { customerIdentity, customerIdsOfAccounts, newCustomerWrites } from '#lib/customers/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import { type Invitation, registerThroughLink } from '../invitations/invitation.ts';
import { loadInvitation } from '../invitations/invitation-store.ts';
import { registeredWrites } from '../invitations/invitation-writes.ts';
import type { ResolvedToken } from '../invitations/resolve-token.ts';
import type { InvitationLink } from '../links/link.ts';
import type { AcceptedTexts } from './consents.ts';
import type { Entry, EntryWay } from './entry.ts';
import { loadEntry, promotionalConsent, putEntry } from './entry-store.ts';
import { associationErrors } from './errors.ts';

export interface Claim {
  readonly target: ResolvedToken;
  readonly account: AccountFacts;
  readonly way: EntryWay;
  readonly texts: AcceptedTexts;
  readonly promotionalNews: boolean;
  /** The sign-in identity that does not act for the customer yet. */
  readonly newSubject?: string;
}

/**
 * The account takes the invitation: the customer with its identity, the row with the claimed token and what was accepted, in one
 * transaction (DEV-62, DEV-90). A repeat finds its own entry; of two accounts at once one gets the token.
 * @throws Refusal CODE_USED, LINK_NOT_FOUND, LINK_EXPIRED, CONCURRENT_CHANGE
 */
export const claim = (wish: Claim, now: Instant): Promise<Entry> => redecide(() => tryClaim(wish, now));

async function tryClaim(wish: Claim, now: Instant): Promise<Entry> {
  const { accountId } = wish.account;
  const customerId = (await customerIdsOfAccounts([accountId])).get(accountId);
  const customer = customerWrites(wish, customerId, now);
  const of = await claimable(wish, now);
  const invited = {
    accountId,
    accountName: wish.account.accountName,
    email: wish.account.email,
    ...nameOf(wish.account),
  };
  const invitationId =
    'invitationId' in of
      ? of.invitationId
      : registerThroughLink(of, { ...invited, customerId: customer.customerId }, now).invitationId;
  const before = await loadEntry(invitationId, accountId);
  const sendCount = 'invitationId' in of ? of.sendCount : 0;
  if (before?.sendCount === sendCount) return before; // came before: a repeat
  const entry: Entry = {
    invitationId,
    accountId,
    customerId: customer.customerId,
    partnerId: of.partnerId,
    way: wish.way,
    sendCount,
    enteredAt: now,
    ...wish.texts,
    state: 'registered',
    version: (before?.version ?? 0) + 1,
  };
  await transact({
    writes: [
      ...customer.writes,
      ...registeredWrites(of, { ...invited, customerId: customer.customerId }, now),
      putEntry(entry, before),
      ...(wish.promotionalNews ? [promotionalConsent(customer.customerId, now)] : []),
    ],
    trace: { partnerId: of.partnerId, customerId: customer.customerId, after: entry },
  });
  return entry;
}

function customerWrites(
  { account, newSubject }: Claim,
  known: string | undefined,
  now: Instant,
): { customerId: string; writes: Write[] } {
  if (known === undefined) {
    const { accountId, accountName, customerName, email, mobileNumber, userType, customerLevel } = account;
    const wish = { accountId, accountName, customerName, email, mobileNumber, userType, customerLevel };
    const { customer, writes } = newCustomerWrites({ ...wish, subject: newSubject }, now);
    return { customerId: customer.customerId, writes: writes.map(toBeRedecided) };
  }
  const { email, mobileNumber } = account;
  const person = { customerId: known, email, mobileNumber };
  return { customerId: known, writes: newSubject ? [customerIdentity(newSubject, person)] : [] };
}

/** The same account twice at once is no refusal: the second finds what the first has made. */
const toBeRedecided = (write: Write): Write => ({ ...write, onConflict: undefined });

/** The row as it is now, if this account may take it: nobody else has, and an e-mailed link still runs. */
async function claimable({ target, account }: Claim, now: Instant): Promise<Invitation | InvitationLink> {
  if (target.kind === 'link') return target.link;
  const row = await loadInvitation(target.invitation.invitationId);
  if (!row || row.status === 'cancelled') throw new Refusal(associationErrors.LINK_NOT_FOUND);
  if (row.sendCount !== target.invitation.sendCount) throw new Refusal(associationErrors.LINK_EXPIRED);
  if (row.accountId === account.accountId) return row;
  if (row.accountId !== undefined) throw new Refusal(associationErrors.CODE_USED);
  if (row.expiresAt !== undefined && row.expiresAt <= now) throw new Refusal(associationErrors.LINK_EXPIRED);
  return row;
}

const nameOf = ({ customerName }: AccountFacts) => (customerName === undefined ? {} : { customerName });
