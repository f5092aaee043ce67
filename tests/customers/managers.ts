import { expect } from 'vitest';
import { handler as assignOne } from '../../functions/customers/assign-account-manager.ts';
import { handler as assignCustomers } from '../../functions/customers/assign-customers.ts';
import { handler as batchAssign } from '../../functions/customers/batch-assign-account-manager.ts';
import { handler as getAttribution } from '../../functions/customers/get-attribution.ts';
import { handler as getCustomer } from '../../functions/customers/get-customer.ts';
import { handler as listHistory } from '../../functions/customers/list-account-manager-history.ts';
import { handler as listAssigned } from '../../functions/customers/list-assigned-customers.ts';
import { handler as unassignCustomers } from '../../functions/customers/unassign-customers.ts';
import { handler as listMembers } from '../../functions/organization/list-members.ts';
import { handler as modifyMember } from '../../functions/organization/modify-member.ts';
import { type Answer, type Caller, invoke, type TestCustomer, type TestMember } from '../support/index.ts';

type Customer = Pick<TestCustomer, 'customerId'>;
type Manager = Pick<TestMember, 'memberId'>;

/** Steps that stories about account managers are told in. */
export const assign = (as: Caller, { customerId }: Customer, { memberId }: Manager): Promise<Answer> =>
  invoke(assignOne, { as, path: { customerId }, body: { memberId } });

const idsOf = (customers: readonly Customer[]): string[] => customers.map(({ customerId }) => customerId);

export const assignBatch = (as: Caller, customers: readonly Customer[], { memberId }: Manager): Promise<Answer> =>
  invoke(batchAssign, { as, body: { customerIds: idsOf(customers), memberId } });

export const pick = (as: Caller, { memberId }: Manager, customers: readonly Customer[]): Promise<Answer> =>
  invoke(assignCustomers, { as, path: { memberId }, body: { customerIds: idsOf(customers) } });

export const unassign = (as: Caller, { memberId }: Manager, customers: readonly Customer[]): Promise<Answer> =>
  invoke(unassignCustomers, { as, path: { memberId }, body: { customerIds: idsOf(customers) } });

/** Each customer's outcome: `active`, `ending`, or the code of its refusal. */
export const outcomes = ({ status, body }: Answer): string[] => {
  expect(status).toBe(200);
  return body.results.map((each: { code?: string; assignment?: string }) => each.code ?? each.assignment);
};

/** May the caller see this customer? */
export const sees = async (as: Caller, { customerId }: Customer): Promise<boolean> => {
  const { status } = await invoke(getCustomer, { as, path: { customerId } });
  expect([200, 404]).toContain(status);
  return status === 200;
};

export const assignedTo = async (as: Caller, { memberId }: Manager): Promise<Answer['body']> =>
  (await invoke(listAssigned, { as, path: { memberId } })).body;

export const historyOf = async (as: Caller, { customerId }: Customer): Promise<Answer['body']['items']> =>
  (await invoke(listHistory, { as, path: { customerId } })).body.items;

export const attributionOf = async (as: Caller, { customerId }: Customer, month: string): Promise<Answer['body']> =>
  (await invoke(getAttribution, { as, path: { customerId }, query: { month } })).body;

/** An admin changes roles or status of a member. */
export async function modify(
  as: Caller,
  { memberId, partnerId }: TestMember,
  change: { roles?: readonly string[]; status?: 'normal' | 'locked' },
): Promise<void> {
  const { body } = await invoke(listMembers, { as, path: { partnerId } });
  const member = body.items.find((each: Manager) => each.memberId === memberId);
  const answer = await invoke(modifyMember, {
    as,
    path: { memberId },
    body: { ...change, expectedVersion: member.version },
  });
  expect(answer.status).toBe(200);
}
