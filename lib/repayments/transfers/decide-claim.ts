import { isBilled } from '#lib/partners/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { loadStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { topUp } from '../debts/top-up.ts';
import { transferErrors } from '../errors.ts';
import { confirmClaim, rejectClaim, type TransferClaim } from './claim.ts';
import { confirmedEvent, rejectedEvent } from './claim-events.ts';
import { claimTrace, replacing } from './claim-scope.ts';
import { loadClaim, replaceClaim } from './claim-store.ts';

export interface Decision {
  readonly expectedVersion: number;
  readonly reason: string;
}

/**
 * FIN-82: the money is booked as a top-up, which then pays open bills. FIN-81: to the account of who filed the claim, unless the
 * operator, who read its description, names another one.
 * @throws Refusal CLAIM_NOT_OPEN, VERSION_CONFLICT, PARTNER_NOT_FOUND
 */
export const confirmTransfer = (
  claimId: string,
  { expectedVersion, reason, bookTo }: Decision & { readonly bookTo?: string },
  now: Instant,
): Promise<TransferClaim> =>
  redecide(async () => {
    const before = await requireClaim(claimId, expectedVersion);
    const { amount, currency, invoiceNo } = before;
    const partnerId = bookTo ?? before.partnerId;
    await refuseUnbilled(partnerId);
    const after = confirmClaim(before, partnerId, now);
    const wish = {
      partnerId,
      method: 'bank-transfer',
      currency,
      amount,
      reference: claimId,
      remarks: invoiceNo,
    } as const;
    const top = await topUp(wish, now);
    await transact({
      writes: [replaceClaim(before, after), ...top.writes],
      events: [confirmedEvent(after, now), ...top.events],
      trace: claimTrace(before, after, reason),
    });
    return after;
  });

/** FIN-83. @throws Refusal CLAIM_NOT_OPEN, VERSION_CONFLICT */
export async function rejectTransfer(
  claimId: string,
  { expectedVersion, reason }: Decision,
  now: Instant,
): Promise<TransferClaim> {
  const before = await requireClaim(claimId, expectedVersion);
  const after = rejectClaim(before, reason, now);
  await replacing({
    writes: [replaceClaim(before, after)],
    events: [rejectedEvent(after, reason, now)],
    trace: claimTrace(before, after, reason),
  });
  return after;
}

async function requireClaim(claimId: string, expectedVersion: number): Promise<TransferClaim> {
  const claim = await loadClaim(claimId);
  if (!claim) throw new Refusal(transferErrors.CLAIM_NOT_FOUND);
  if (claim.version !== expectedVersion) throw new Refusal(sharedErrors.VERSION_CONFLICT);
  return claim;
}

/** FIN-01: only tier-1 partners have an account with the platform. */
async function refuseUnbilled(partnerId: string): Promise<void> {
  const standing = await loadStanding(partnerId);
  if (!standing || !isBilled(standing.type)) throw new Refusal(sharedErrors.PARTNER_NOT_FOUND);
}
