import { paymentDecimals } from '#lib/billing/index.ts';
import { type Attachment, keepUpload } from '#lib/shared/attachments.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { transferErrors } from '../errors.ts';
import { type ClaimWish, fileClaim, problemsOf, resubmitClaim, type TransferClaim } from './claim.ts';
import { submittedEvent } from './claim-events.ts';
import { claimTrace, replacing } from './claim-scope.ts';
import { putNewClaim, replaceClaim } from './claim-store.ts';

export interface Claimant {
  readonly partnerId: string;
  readonly memberId: string;
}

/** FIN-80. @throws Refusal INPUT_INVALID, CERTIFICATE_REQUIRED, CERTIFICATE_INVALID */
export async function claimTransfer(
  { partnerId, memberId }: Claimant,
  wish: ClaimWish,
  certificateId: string | undefined,
  now: Instant,
): Promise<TransferClaim> {
  refuseProblems(wish, now);
  const claimId = newId('clm', now);
  if (certificateId === undefined) throw new Refusal(transferErrors.CERTIFICATE_REQUIRED);
  const certificate = await keep(partnerId, claimId, certificateId);
  const claim = fileClaim({ claimId, partnerId }, { wish, certificate, submittedBy: memberId }, now);
  await transact({
    writes: [putNewClaim(claim)],
    events: [submittedEvent(claim)],
    trace: claimTrace(undefined, claim),
  });
  return claim;
}

/** FIN-83: the rejected claim once more, corrected. @throws Refusal CLAIM_NOT_OPEN and what `claimTransfer` throws */
export async function resubmit(
  before: TransferClaim,
  memberId: string,
  wish: ClaimWish,
  certificateId: string | undefined,
  now: Instant,
): Promise<TransferClaim> {
  refuseProblems(wish, now);
  const submitted = resubmitClaim(before, { wish, certificate: before.certificate, submittedBy: memberId }, now);
  const certificate =
    certificateId === undefined
      ? before.certificate
      : await keep(before.partnerId, `${before.claimId}-${submitted.version}`, certificateId);
  const claim = { ...submitted, certificate };
  await replacing({
    writes: [replaceClaim(before, claim)],
    events: [submittedEvent(claim)],
    trace: claimTrace(before, claim),
  });
  return claim;
}

function refuseProblems(wish: ClaimWish, now: Instant): void {
  const problems = problemsOf(wish, paymentDecimals(wish.currency), now);
  if (problems.length > 0) throw new Refusal(sharedErrors.INPUT_INVALID, {}, problems);
}

/** Kept apart from the upload, so that the proof that an operator saw stays as it was. */
async function keep(partnerId: string, name: string, certificateId: string): Promise<Attachment> {
  const kept = await keepUpload(partnerId, certificateId, `attachments/transfers/${name}`);
  if (kept === 'missing') throw new Refusal(transferErrors.CERTIFICATE_REQUIRED);
  if (kept === 'unfit') throw new Refusal(transferErrors.CERTIFICATE_INVALID);
  return kept;
}
