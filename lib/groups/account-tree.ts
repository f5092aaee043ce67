import * as z from 'zod';
import { isVisible, listCustomersOfPartner, listCustomersOfReseller } from '#lib/customers/index.ts';
import { listPartners, listResellersOf } from '#lib/partners/index.ts';
import type { Actor } from '#lib/shared/actor.ts';
import { type BillingMonth, billingMonthOf, type Instant } from '#lib/shared/time.ts';
import { GROUP_KINDS, GROUP_STATUSES, type Group, type GroupKind, nameKeyOf, PLATFORM, stateIn } from './group.ts';
import { listGroupsOf } from './group-store.ts';
import { usageState } from './group-view.ts';
import { loadMemberships } from './member-store.ts';
import type { Parent } from './parent.ts';

/** Where a page of children goes on: behind a group, or among the accounts. */
export interface TreePosition extends Record<string, unknown> {
  readonly group?: string;
  readonly account?: Record<string, unknown>;
}

interface Page {
  readonly limit: number;
  readonly at?: TreePosition;
}

interface Leaf {
  readonly accountId: string;
  readonly accountName: string;
}

export interface Tree {
  readonly groups: readonly Group[];
  readonly accounts: readonly Leaf[];
  readonly next?: TreePosition;
}

/** CUS-230, CUS-232: a page of what stands directly under the parent: first its groups, then the accounts that are in none. */
export async function readTree(actor: Actor, parent: Parent, kind: GroupKind, { limit, at }: Page): Promise<Tree> {
  const groups = at?.account ? [] : await groupsAfter(parent, kind, at?.group);
  const shown = groups.slice(0, limit);
  const last = shown.at(-1);
  if (groups.length > limit && last) return { groups: shown, accounts: [], next: { group: last.name } };
  if (shown.length === limit && last) return { groups: shown, accounts: [], next: { group: last.name } };
  const { leaves, nextKey } = await leavesOf(actor, parent, kind, {
    limit: limit - shown.length,
    startKey: at?.account,
  });
  return { groups: shown, accounts: await ungrouped(parent, leaves), next: nextKey && { account: nextKey } };
}

/** A parent's groups of a kind behind a name, in the order of their names. */
export async function groupsAfter({ parentId }: Parent, kind: GroupKind | undefined, name = ''): Promise<Group[]> {
  const groups = await listGroupsOf(parentId);
  return groups.filter(
    (group) => (kind === undefined || group.kind === kind) && (name === '' || nameKeyOf(group.name) > nameKeyOf(name)),
  );
}

/** Accounts in a group are left out, so a page may be short while more follow. */
async function ungrouped({ parentId }: Parent, leaves: readonly Leaf[]): Promise<Leaf[]> {
  const memberships = await loadMemberships(leaves.map(({ accountId }) => accountId));
  return leaves.filter(({ accountId }) => memberships.get(accountId)?.parentId !== parentId);
}

type Leaves = { readonly leaves: Leaf[]; readonly nextKey?: Record<string, unknown> };
type KeyPage = { readonly limit: number; readonly startKey?: Record<string, unknown> };

const leavesOf = (actor: Actor, parent: Parent, kind: GroupKind, page: KeyPage): Promise<Leaves> =>
  kind === 'partner' ? partnersUnder(parent, page) : customersUnder(actor, parent, page);

async function partnersUnder({ parentId, type }: Parent, page: KeyPage): Promise<Leaves> {
  if (parentId !== PLATFORM && type !== 'distributor') return { leaves: [] };
  const { partners, nextKey } = await (parentId === PLATFORM
    ? listPartners('billed', page)
    : listResellersOf(parentId, page));
  const leaves = partners.map(({ partnerId, companyName }) => ({ accountId: partnerId, accountName: companyName }));
  return { leaves, nextKey };
}

async function customersUnder(actor: Actor, { parentId, type }: Parent, page: KeyPage): Promise<Leaves> {
  if (type === undefined) return { leaves: [] };
  const { customers, nextKey } = await (type === 'reseller'
    ? listCustomersOfReseller(parentId, page)
    : listCustomersOfPartner(parentId, 'own', page));
  const visible = await Promise.all(customers.map((customer) => isVisible(actor, customer)));
  const leaves = customers
    .filter((_, i) => visible[i])
    .map(({ customerId, accountName }) => ({ accountId: customerId, accountName }));
  return { leaves, nextKey };
}

export const treeView = z.object({
  parent: z.object({ parentId: z.string(), name: z.string() }),
  kind: z.enum(GROUP_KINDS),
  groups: z.array(
    z.object({
      groupId: z.string(),
      name: z.string(),
      status: z.enum(GROUP_STATUSES),
      members: z.number().int(),
      state: usageState,
    }),
  ),
  accounts: z.array(z.object({ accountId: z.string(), accountName: z.string() })).meta({ description: 'In no group' }),
  nextCursor: z.string().optional(),
});

export const toTreeView = (
  { parentId, name }: Parent,
  kind: GroupKind,
  { groups, accounts }: Tree,
  now: Instant,
): z.input<typeof treeView> => ({
  parent: { parentId, name },
  kind,
  groups: groups.map((group) => toNode(group, billingMonthOf(now))),
  accounts: [...accounts],
});

const toNode = (group: Group, month: BillingMonth) => ({
  groupId: group.groupId,
  name: group.name,
  status: group.status,
  members: group.members,
  state: stateIn(group, month) ?? null,
});
