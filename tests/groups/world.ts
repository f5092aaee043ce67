import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { handler as activate } from '../../functions/groups/activate-group.ts';
import { handler as assign } from '../../functions/groups/assign-to-group.ts';
import { handler as create } from '../../functions/groups/create-group.ts';
import { handler as deactivate } from '../../functions/groups/deactivate-group.ts';
import { handler as remove } from '../../functions/groups/delete-group.ts';
import { handler as getTree } from '../../functions/groups/get-account-tree.ts';
import { handler as getGroup } from '../../functions/groups/get-group.ts';
import { handler as getUsage } from '../../functions/groups/get-group-usage.ts';
import { handler as listAccounts } from '../../functions/groups/list-group-accounts.ts';
import { handler as listAlerts } from '../../functions/groups/list-group-budget-alerts.ts';
import { handler as list } from '../../functions/groups/list-groups.ts';
import { handler as move } from '../../functions/groups/move-to-group.ts';
import { handler as setBudget } from '../../functions/groups/set-group-budget.ts';
import { handler as setPlan } from '../../functions/groups/set-service-plan.ts';
import { handler as ungroup } from '../../functions/groups/ungroup-account.ts';
import { type Answer, type Caller, invoke, publishedEvents } from '../support/index.ts';

/** Steps that stories about groups are told in. */
const ACCOUNT = {
  contactName: 'Greta Group',
  email: 'greta@example.com',
  phone: '+6591234567',
  countryRegion: 'SG',
};

export const createGroup = (as: Caller, wish: object = {}, headers: Record<string, string> = {}): Promise<Answer> =>
  invoke(create, {
    as,
    body: { kind: 'customer', name: `Group ${randomUUID().slice(0, 8)}`, account: ACCOUNT, ...wish },
    headers,
  });

export async function aGroup(as: Caller, wish: object = {}): Promise<string> {
  const answer = await createGroup(as, wish);
  expect(answer).toMatchObject({ status: 201, body: { status: 'inactive', members: 0 } });
  return answer.body.groupId;
}

export const readGroup = (as: Caller, groupId: string): Promise<Answer> => invoke(getGroup, { as, path: { groupId } });
export const activateGroup = (as: Caller, groupId: string) => invoke(activate, { as, path: { groupId } });
export const deactivateGroup = (as: Caller, groupId: string) => invoke(deactivate, { as, path: { groupId } });
export const deleteGroup = (as: Caller, groupId: string) => invoke(remove, { as, path: { groupId } });
export const listGroups = (as: Caller, query: Record<string, string | number> = {}) => invoke(list, { as, query });
export const treeOf = (as: Caller, query: Record<string, string | number> = {}) => invoke(getTree, { as, query });
export const accountsIn = (as: Caller, groupId: string, query: Record<string, string | number> = {}) =>
  invoke(listAccounts, { as, path: { groupId }, query });

export const assignTo = (as: Caller, groupId: string, accountIds: readonly string[], headers = {}): Promise<Answer> =>
  invoke(assign, { as, path: { groupId }, body: { accountIds }, headers });

/** What became of each account, `done` or the code of its refusal. */
export async function assigned(as: Caller, groupId: string, ...accountIds: string[]): Promise<string[]> {
  const answer = await assignTo(as, groupId, accountIds);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body.results.map(({ status, code }: { status: string; code?: string }) => code ?? status);
}

export const moveTo = (as: Caller, groupId: string, accountId: string): Promise<Answer> =>
  invoke(move, { as, path: { groupId, accountId } });

export const ungroupAccount = (as: Caller, accountId: string, confirm = true): Promise<Answer> =>
  invoke(ungroup, { as, path: { accountId }, body: { confirm } });

export async function planFor(as: Caller, groupId: string, lines: readonly object[], name = 'Gold'): Promise<Answer> {
  const { body } = await readGroup(as, groupId);
  return invoke(setPlan, { as, path: { groupId }, body: { name, lines, expectedVersion: body.version } });
}

export const listPrice = (expectedQuantity: string) => ({
  metric: 'list-price-expenditure',
  unit: 'USD',
  expectedQuantity,
});

export async function budgetFor(as: Caller, groupId: string, amount: string): Promise<Answer> {
  const { body } = await readGroup(as, groupId);
  return invoke(setBudget, { as, path: { groupId }, body: { amount, expectedVersion: body.version } });
}

export async function usageOf(as: Caller, groupId: string, query: Record<string, string | number> = {}) {
  const answer = await invoke(getUsage, { as, path: { groupId }, query });
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
}

export const alertsOf = async (as: Caller, groupId: string): Promise<string[]> => {
  const { body } = await invoke(listAlerts, { as, path: { groupId } });
  return body.items.map(({ period, threshold }: { period: string; threshold: number }) => `${period} ${threshold}`);
};

export const eventsOf = async (groupId: string, ...names: string[]) =>
  (await publishedEvents(...names)).filter(({ detail }) => detail.groupId === groupId);

export const code = ({ body }: Answer): unknown => body?.code;
