import { findAccount } from '#lib/accounts/index.ts';
import { activeAssociation, loadCustomer, managingPartner } from '#lib/customers/index.ts';
import { MAX_DELIVERIES } from '#lib/shared/consumer.ts';
import { log } from '#lib/shared/log.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { loadStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import type { Invitation } from '../invitations/invitation.ts';
import { loadInvitation } from '../invitations/invitation-store.ts';
import { invitationAssociatedWrites } from '../invitations/invitation-writes.ts';
import { normaliseEmail } from '../leads/lead.ts';
import { managerOf } from '../links/manager.ts';
import { signAgreementWrites } from './agreements-store.ts';
import { associationCommit, reservationWrites } from './bundle.ts';
import { asDone, asFailedEntry, concernsRow, type Entry, linkFactsOf } from './entry.ts';
import { loadEntry, putEntry } from './entry-store.ts';
import { type GatheredFacts, gatherFacts, type Pair } from './facts.ts';
import { failureCommit } from './fail.ts';
import { type FailureCode, firstFailure } from './failure.ts';

/** What the queue is told: one account on its way through one invitation (DEV-201). */
export interface Requested {
  readonly invitationId: string;
  readonly accountId: string;
}

interface Request {
  readonly entry: Entry;
  readonly row?: Invitation;
}

/**
 * Checks and makes an association (DEV-93 ff.), all of it as it is now. A message that comes twice finds its request settled; what
 * breaks down is tried again, and the last try leaves SYSTEM_BUSY (row 24).
 * @param attempt of the queue, from 1
 */
export async function associateInvited(requested: Requested, attempt: number, now: Instant): Promise<void> {
  try {
    await redecide(() => tryAssociation(requested, now));
  } catch (error) {
    if (attempt < MAX_DELIVERIES) throw error;
    log.error('association given up', error, { ...requested });
    await redecide(() => giveUp(requested, now));
  }
}

async function tryAssociation(requested: Requested, now: Instant): Promise<void> {
  const request = await loadRequest(requested);
  if (!request) return;
  const { entry, row } = request;
  if (!row) return settleFailure(request, 'LINK_NOT_FOUND', now);
  const pair = await loadPair(entry, row);
  const link = linkFactsOf(entry, row, pair.standing, now);
  const gathered = await gatherFacts(pair, { link, leadId: row.leadId }, now);
  const association = activeAssociation(pair.customer);
  const already = association !== undefined && managingPartner(association) === row.partnerId;
  if (already) return settleRepeat(entry, row, { pair, gathered }, now);
  const code = firstFailure(gathered.facts, now);
  if (code) return settleFailure(request, code, now);
  await settle(entry, row, { pair, gathered }, now);
}

/** DEV-105. */
async function settle(entry: Entry, row: Invitation, { pair, gathered }: Judged, now: Instant): Promise<void> {
  const { invitationId, instructionsVersion, enteredAt } = entry;
  const wish = {
    origin: row.method,
    invitationId,
    customTag: row.customTag,
    accountManagerId: await managerOf(row), // DEV-71: nobody's act
    instructionsVersion,
    instructionsSignedAt: instructionsVersion === undefined ? undefined : enteredAt,
  };
  const { writes, ...commit } = associationCommit(pair, wish, gathered.lead, now);
  await transact({
    ...commit,
    writes: [
      ...writes,
      ...invitationAssociatedWrites(row, now),
      putEntry(asDone(entry), entry),
      ...signatures(entry, now),
    ],
  });
}

/** DEV-97: repeating it with the same partner succeeds without effect on the association; row and lead come to rest. */
async function settleRepeat(entry: Entry, row: Invitation, { pair, gathered }: Judged, now: Instant): Promise<void> {
  const { customerId, partnerId } = entry;
  const reserved = { email: normaliseEmail(pair.account.email), partnerId: row.partnerId, lead: gathered.lead };
  await transact({
    writes: [
      putEntry(asDone(entry), entry),
      ...(row.status === 'associated' ? [] : invitationAssociatedWrites(row, now)),
      ...(gathered.lead ? reservationWrites(reserved, customerId, now) : []),
    ],
    trace: { partnerId, customerId, after: asDone(entry) },
  });
}

interface Judged {
  readonly pair: Pair;
  readonly gathered: GatheredFacts;
}

/** What was accepted on the way in is signed with the association: the letter only now (DEV-84). */
function signatures(
  { customerId, partnerId, instructionsVersion, authorizationVersion, enteredAt }: Entry,
  now: Instant,
): Write[] {
  const signer = { kind: 'customer', id: customerId, channel: 'invitation', towards: partnerId } as const;
  return [
    ...(instructionsVersion
      ? signAgreementWrites(signer, 'association-instructions', instructionsVersion, enteredAt)
      : []),
    ...(authorizationVersion ? signAgreementWrites(signer, 'customer-authorization', authorizationVersion, now) : []),
  ];
}

/** DEV-93, DEV-107: the cause is kept, nothing is used up. */
async function settleFailure({ entry, row }: Request, code: FailureCode, now: Instant): Promise<void> {
  const failed = putEntry(asFailedEntry(entry, code, now), entry);
  if (!row || !concernsRow(code, entry, row)) {
    const { partnerId, customerId } = entry;
    return transact({ writes: [failed], trace: { partnerId, customerId, outcome: 'refused', code, after: { code } } });
  }
  const { writes, ...commit } = failureCommit(row, code, now);
  await transact({ ...commit, writes: [...writes, failed] });
}

async function giveUp(requested: Requested, now: Instant): Promise<void> {
  const request = await loadRequest(requested);
  if (request) await settleFailure(request, 'SYSTEM_BUSY', now);
}

/** Absent when the request was settled before. */
async function loadRequest({ invitationId, accountId }: Requested): Promise<Request | undefined> {
  const [entry, row] = await Promise.all([loadEntry(invitationId, accountId), loadInvitation(invitationId)]);
  return entry?.state === 'requested' ? { entry, row } : undefined;
}

async function loadPair({ accountId, customerId }: Entry, row: Invitation): Promise<Pair> {
  const [standing, account, customer] = await Promise.all([
    loadStanding(row.partnerId),
    findAccount({ accountId }),
    loadCustomer(customerId),
  ]);
  if (!standing || !account || !customer) throw new Error(`invitation ${row.invitationId} names somebody unknown`);
  return { type: row.associationType, standing, account, customer };
}
