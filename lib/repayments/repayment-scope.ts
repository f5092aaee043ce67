import type { Scope } from '#lib/shared/operation.ts';
import { paymentErrors } from './payments/errors.ts';
import type { Repayment } from './repayment.ts';
import { loadRepayment } from './repayment-store.ts';

/** A repayment of the member's own partner. */
export const repaymentScope: Scope<Repayment> = {
  name: 'repayment',
  parameter: 'repaymentId',
  notFound: paymentErrors.REPAYMENT_NOT_FOUND,
  load: async (actor, repaymentId) =>
    actor.kind === 'member' ? loadRepayment({ partnerId: actor.partnerId, repaymentId }) : undefined,
};
