import { Refusal } from '#lib/shared/errors.ts';
import { billingMonthOf, type Instant, monthStart, nextMonth } from '#lib/shared/time.ts';
import type { Association } from '../customer.ts';
import { managerErrors } from './errors.ts';

/** The account manager that a partner has for a customer now, and from when on it has none. */
export interface PresentManager {
  readonly memberId: string;
  readonly endsAt?: Instant;
}

/** Assigned from the customer's side, where another manager may take over, or picked by an account manager among the free ones. */
export type AssignmentSide = 'customer' | 'account-manager';

export type AssignmentStep = 'assign' | 'change' | 'resume' | 'none';

/** CUS-197, CUS-199: 00:00 GMT+08:00 on the 1st of the next month, also when asked on a 1st. */
export const endOfAssignment = (now: Instant): Instant => monthStart(nextMonth(billingMonthOf(now)));

/** A partner's manager as the association has it. */
export function presentManager(association: Association | undefined, partnerId: string): PresentManager | undefined {
  const memberId = association?.accountManagers[partnerId];
  return memberId === undefined ? undefined : { memberId, endsAt: association?.accountManagersUntil?.[partnerId] };
}

/** The association as it is at this instant: an assignment whose end has come is none, whether a job noted it or not (CUS-042). */
export function withPresentManagers(association: Association, now: Instant): Association {
  const until = association.accountManagersUntil ?? {};
  const over = Object.keys(until).filter((partnerId) => (until[partnerId] ?? now) <= now);
  return over.reduce(withoutManager, association);
}

/** What assigning a member does (CUS-185, CUS-187, CUS-193, CUS-194). @throws Refusal ALREADY_ASSIGNED */
export function decideAssignment(
  present: PresentManager | undefined,
  memberId: string,
  side: AssignmentSide,
): AssignmentStep {
  if (!present) return 'assign';
  if (side === 'account-manager') throw new Refusal(managerErrors.ALREADY_ASSIGNED);
  if (present.memberId !== memberId) return 'change';
  return present.endsAt === undefined ? 'none' : 'resume';
}

/** What unassigning a member leads to: one that is ending keeps its date (CUS-200). @throws Refusal NOT_ASSIGNED */
export function decideUnassignment(present: PresentManager | undefined, memberId: string, now: Instant): Instant {
  if (present?.memberId !== memberId) throw new Refusal(managerErrors.NOT_ASSIGNED);
  return present.endsAt ?? endOfAssignment(now);
}

export const withManager = (association: Association, partnerId: string, manager: PresentManager): Association => ({
  ...withoutManager(association, partnerId),
  accountManagers: { ...association.accountManagers, [partnerId]: manager.memberId },
  ...(manager.endsAt
    ? { accountManagersUntil: { ...association.accountManagersUntil, [partnerId]: manager.endsAt } }
    : {}),
});

function withoutManager(association: Association, partnerId: string): Association {
  const { [partnerId]: _manager, ...accountManagers } = association.accountManagers;
  const { [partnerId]: _until, ...accountManagersUntil } = association.accountManagersUntil ?? {};
  return { ...association, accountManagers, accountManagersUntil };
}
