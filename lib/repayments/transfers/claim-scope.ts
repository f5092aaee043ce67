import type { Actor } from '#lib/shared/actor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import type { Scope } from '#lib/shared/operation.ts';
import type { Trace } from '#lib/shared/trace.ts';
import { type Commit, ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { transferErrors } from '../errors.ts';
import type { TransferClaim } from './claim.ts';
import { loadClaim } from './claim-store.ts';
import { maskAccountNumber } from './claim-view.ts';

/** The claim named in the path: a member's own partner's; an operator's any. */
export const claimScope: Scope<TransferClaim> = {
  name: 'transfer claim',
  parameter: 'claimId',
  notFound: transferErrors.CLAIM_NOT_FOUND,
  load: async (actor, claimId) => {
    const claim = await loadClaim(claimId);
    return claim && mayRead(actor, claim) ? claim : undefined;
  },
};

const mayRead = (actor: Actor, { partnerId }: TransferClaim): boolean =>
  actor.kind === 'operator' || (actor.kind === 'member' && actor.partnerId === partnerId);

const shown = ({ certificate: _certificate, bankAccount, ...claim }: TransferClaim) => ({
  ...claim,
  bankAccount: maskAccountNumber(bankAccount),
});

export const claimTrace = (before: TransferClaim | undefined, after: TransferClaim, reason?: string): Trace => ({
  partnerId: after.partnerId,
  before: before && shown(before),
  after: { ...shown(after), ...(reason === undefined ? {} : { reason }) },
});

/** Commits what was decided on a claim as it was shown. @throws Refusal VERSION_CONFLICT */
export async function replacing(commit: Commit): Promise<void> {
  try {
    await transact(commit);
  } catch (error) {
    if (error instanceof ConditionFailed) throw new Refusal(sharedErrors.VERSION_CONFLICT);
    throw error;
  }
}
