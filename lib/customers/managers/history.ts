import type { Instant } from '#lib/shared/time.ts';

interface Fact {
  readonly memberId: string;
  readonly at: Instant;
  /** The acting member or operator, `invitation` where the association brought it about, or `system`. */
  readonly by: string;
}

/** One entry of the history of a customer's account managers with one partner: appended, never changed (CUS-206). */
export type AssignmentFact =
  | (Fact & { readonly kind: 'assigned' | 'unassignment-cancelled' | 'association-ended' })
  | (Fact & { readonly kind: 'unassigned'; readonly endsAt: Instant });

export interface Assignment {
  readonly memberId: string;
  readonly assignedAt: Instant;
  readonly assignedBy: string;
  readonly unassignRequestedAt?: Instant;
  readonly endsAt?: Instant;
  readonly ended?: { readonly at: Instant; readonly by: 'unassignment' | 'change' | 'association-end' };
}

export type AssignmentStatus = 'active' | 'ending' | 'ended';

/** CUS-040 to CUS-043. */
export const statusOf = ({ ended, endsAt }: Pick<Assignment, 'ended' | 'endsAt'>): AssignmentStatus => {
  if (ended) return 'ended';
  return endsAt ? 'ending' : 'active';
};

/** The assignments that the facts tell of, oldest first, each as it stands at `now`. */
export function assignmentsOf(facts: readonly AssignmentFact[], now: Instant): Assignment[] {
  const assignments: Assignment[] = [];
  for (const fact of facts) {
    const before = assignments.pop();
    const current = before && lapsedAt(before, fact.at);
    assignments.push(...next(current, fact));
  }
  return assignments.map((assignment) => lapsedAt(assignment, now));
}

function next(current: Assignment | undefined, fact: AssignmentFact): Assignment[] {
  if (fact.kind === 'assigned') {
    const { memberId, at, by } = fact;
    const former = current && end(current, { at, by: 'change' });
    return [...(former ? [former] : []), { memberId, assignedAt: at, assignedBy: by }];
  }
  if (!current || current.ended) return current ? [current] : [];
  switch (fact.kind) {
    case 'unassigned':
      return [{ ...current, unassignRequestedAt: fact.at, endsAt: fact.endsAt }];
    case 'unassignment-cancelled':
      return [{ ...current, unassignRequestedAt: undefined, endsAt: undefined }];
    case 'association-ended':
      return [end(current, { at: fact.at, by: 'association-end' })];
  }
}

/** CUS-042: the end comes with its instant, without anybody doing anything. */
const lapsedAt = (assignment: Assignment, time: Instant): Assignment =>
  assignment.endsAt !== undefined && assignment.endsAt <= time
    ? end(assignment, { at: assignment.endsAt, by: 'unassignment' })
    : assignment;

const end = (assignment: Assignment, ended: NonNullable<Assignment['ended']>): Assignment =>
  assignment.ended ? assignment : { ...assignment, ended };
