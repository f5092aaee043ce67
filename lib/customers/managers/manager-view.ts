import * as z from 'zod';
import type { MemberIdentity } from '#lib/shared/identities.ts';
import { maskName } from '#lib/shared/masking.ts';
import { SYSTEM_ROLES } from '#lib/shared/permissions.ts';
import { type BillingMonth, billingMonthText, isBillingMonth } from '#lib/shared/time.ts';
import { refusedCustomer, toRefused } from '../control-view.ts';
import type { Customer } from '../customer.ts';
import type { Outcome } from '../each-customer.ts';
import type { AssignmentState } from './assign.ts';
import { creditedDays, managerOfMonth, managersOfDays } from './attribution.ts';
import { type Assignment, statusOf } from './history.ts';
import type { AssignedCustomer, ManagerOfPartner } from './list-managers.ts';

/** Also in the path of single customers; number is a rule with a code of its own (CUS-183, CUS-195). */
export const assignmentBody = z.object({
  customerIds: z.array(z.string()).meta({ description: '1 to 100 customers; duplicates count once' }),
});

const state = {
  memberId: z.string(),
  status: z.enum(['active', 'ending']),
  endsAt: z.string().nullable().meta({ description: 'From when on the customer has no account manager' }),
};
export const assignmentView = z.object({ customerId: z.string(), ...state });
const done = z.object({
  customerId: z.string(),
  ...state,
  status: z.literal('done'),
  assignment: z.enum(['active', 'ending']),
});

export const assignmentResults = z.object({
  results: z.array(z.discriminatedUnion('status', [done, refusedCustomer])),
});

export const toAssignmentView = (
  customerId: string,
  { memberId, endsAt }: AssignmentState,
): z.input<typeof assignmentView> => ({
  customerId,
  memberId,
  status: endsAt ? 'ending' : 'active',
  endsAt: endsAt ?? null,
});

/** Each customer with its own result, in the order of the request (CUS-183, CUS-195, CUS-200). */
export const toAssignmentResults = (
  outcomes: readonly Outcome<AssignmentState>[],
): z.input<typeof assignmentResults> => ({
  results: outcomes.map((outcome) => {
    if ('refused' in outcome) return toRefused(outcome);
    const { status: assignment, ...view } = toAssignmentView(outcome.customerId, outcome.done);
    return { ...view, status: 'done' as const, assignment };
  }),
});

const managerFields = {
  memberId: z.string(),
  name: z.string().meta({ description: 'Masked' }),
  accountName: z.string(),
  roles: z.array(z.enum(SYSTEM_ROLES)),
  status: z.enum(['normal', 'locked']),
};
const toManagerFields = ({ memberId, name, username, roles, status }: MemberIdentity) => ({
  memberId,
  name: maskName(name),
  accountName: username,
  roles: [...roles],
  status,
});

/** CUS-192. */
export const managerView = z.object({ ...managerFields, customers: z.number().int() });
export const toManagerView = ({ manager, customers }: ManagerOfPartner): z.input<typeof managerView> => ({
  ...toManagerFields(manager),
  customers,
});

/** CUS-196. */
export const managerHead = z.object(managerFields);
export const toManagerHead = (manager: MemberIdentity): z.input<typeof managerHead> => toManagerFields(manager);

export const assignedCustomerView = z.object({
  customerId: z.string(),
  accountName: z.string(),
  customerName: z.string().nullable().meta({ description: 'Masked' }),
  assignedAt: z.string(),
  status: z.enum(['active', 'ending']),
  endsAt: z.string().nullable(),
});
export const toAssignedCustomerView = ({
  customer,
  assignment: { assignedAt, endsAt },
}: AssignedCustomer): z.input<typeof assignedCustomerView> => ({
  ...nameOf(customer),
  assignedAt,
  status: endsAt ? 'ending' : 'active',
  endsAt: endsAt ?? null,
});

const nameOf = ({ customerId, accountName, customerName }: Customer) => ({
  customerId,
  accountName,
  customerName: customerName ? maskName(customerName) : null,
});

/** CUS-245. */
export const assignmentHistoryView = z.object({
  partnerId: z.string().meta({ description: 'Whose account manager it was; each partner keeps its own' }),
  memberId: z.string(),
  name: z.string().nullable().meta({ description: 'Masked; null when there is no such member any more' }),
  assignedAt: z.string(),
  countedFrom: z.string().meta({ description: 'First day that counts on the daily basis' }),
  countedTo: z.string().nullable().meta({ description: 'Last day that counts; before countedFrom when none does' }),
  endedAt: z.string().nullable(),
  endsAt: z.string().nullable().meta({ description: 'When it will end, while it is ending' }),
  status: z.enum(['active', 'ending', 'ended']),
  assignedBy: z.string().meta({ description: 'Id of who assigned, `invitation` or `system`' }),
});
export function toAssignmentHistoryView(
  partnerId: string,
  assignment: Assignment,
  member: MemberIdentity | undefined,
): z.input<typeof assignmentHistoryView> {
  const { memberId, assignedAt, assignedBy, ended, endsAt } = assignment;
  const { first, last } = creditedDays(assignment);
  return {
    partnerId,
    memberId,
    name: member ? maskName(member.name) : null,
    assignedAt,
    countedFrom: first,
    countedTo: last ?? null,
    endedAt: ended?.at ?? null,
    endsAt: ended ? null : (endsAt ?? null),
    status: statusOf(assignment),
    assignedBy,
  };
}

export const attributionMonth = billingMonthText.transform((text): BillingMonth => {
  if (!isBillingMonth(text)) throw new TypeError('the schema lets only months pass');
  return text;
});

/** CUS-201 to CUS-206. */
export const attributionView = z.object({
  month: z.string(),
  monthly: z.string().nullable().meta({ description: 'The member for whom the whole month counts (CUS-203, CUS-205)' }),
  daily: z
    .array(z.object({ memberId: z.string(), first: z.string(), last: z.string() }))
    .meta({ description: 'Days of the month and for whom they count; days of nobody are left out (CUS-202, CUS-204)' }),
});
export const toAttributionView = (
  month: BillingMonth,
  assignments: readonly Assignment[],
): z.input<typeof attributionView> => ({
  month,
  monthly: managerOfMonth(assignments, month) ?? null,
  daily: managersOfDays(assignments, month),
});

/** CUS-193. */
export const candidateView = z.object({
  customerId: z.string(),
  accountName: z.string(),
  customerName: z.string().nullable().meta({ description: 'Masked' }),
  associatedOn: z.string().nullable(),
  accountManagerId: z.string().nullable(),
});
export const toCandidateView = (customer: Customer, partnerId: string): z.input<typeof candidateView> => ({
  ...nameOf(customer),
  associatedOn: customer.association?.since ?? null,
  accountManagerId: customer.association?.accountManagers[partnerId] ?? null,
});
