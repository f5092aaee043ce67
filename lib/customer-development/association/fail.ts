import { customerAssociationFailed } from '#events/association.ts';
import { customerOperationFailed } from '#events/audit.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import { type Commit, transact } from '#lib/shared/transaction.ts';
import type { Invitation } from '../invitations/invitation.ts';
import { invitationFailedWrites } from '../invitations/invitation-writes.ts';
import type { FailureCode } from './failure.ts';
import { toFailure } from './failure-text.ts';

/** DEV-93: the row becomes Association failed with cause and advice, the partner is told; nothing else changes. */
export function failureCommit(row: Invitation, code: FailureCode, now: Instant): Required<Omit<Commit, 'aside'>> {
  const { invitationId, partnerId, customerId, accountName, accountManagerId, associationType } = row;
  return {
    writes: invitationFailedWrites(row, toFailure(code), now),
    events: [
      event(
        customerAssociationFailed,
        {
          invitationId,
          customerId,
          accountName,
          partnerId,
          accountManagerId,
          type: associationType,
          code,
          failedAt: now,
        },
        now,
      ),
      ...ownTrace(customerId, code, now),
    ],
    trace: { partnerId, customerId, outcome: 'refused', code, after: { invitationId, code } },
  };
}

/** ORD-156: the customer's own trace service shows the failure; nobody's when no account took the link. */
const ownTrace = (customerId: string | undefined, code: FailureCode, now: Instant): OutgoingEvent[] => {
  const outcome = code === 'SYSTEM_BUSY' ? 'failed' : 'refused';
  return customerId === undefined
    ? []
    : [event(customerOperationFailed, { traceName: 'customerEnter', customerId, outcome, code }, now)];
};

export const failRow = (row: Invitation, code: FailureCode, now: Instant): Promise<void> =>
  transact(failureCommit(row, code, now));
