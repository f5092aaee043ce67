import * as z from 'zod';
import { quotaView, toQuotaView } from '#lib/budgets/index.ts';
import type { GrantChange } from '#lib/shared/grant-history.ts';
import { PARTNER_GRANTS } from '#lib/shared/standing.ts';
import type { DetailedPermission, PermittedReseller, ResellerPermission } from './permission.ts';

const permission = {
  resellerId: z.string(),
  budgetFreezeAuthorized: z.boolean().meta({ description: 'The reseller sets budgets and freezes, within its quotas' }),
  monthly: quotaView.shape.monthly,
  oneTime: quotaView.shape.oneTime,
  onBehalfAuthorized: z.boolean().meta({ description: "Ordering and O&M on behalf of the reseller's customers" }),
};

export const resellerView = z.object({
  ...permission,
  companyName: z.string(),
  accountName: z.string(),
  associatedOn: z.string(),
});

const change = z.object({
  permission: z.enum(PARTNER_GRANTS),
  changedBy: z.object({ kind: z.string(), id: z.string() }),
  before: z.record(z.string(), z.union([z.string(), z.boolean()])),
  after: z.record(z.string(), z.union([z.string(), z.boolean()])),
  changedAt: z.string(),
});

export const permissionView = z.object({
  ...permission,
  commitmentLetterVersion: z.string().nullable().meta({ description: 'As last accepted by the distributor' }),
  commitmentSignedAt: z.string().nullable(),
  history: z.object({ items: z.array(change), nextCursor: z.string().optional() }),
});

export const toResellerView = ({ reseller, ...rest }: PermittedReseller): z.input<typeof resellerView> => ({
  ...toPermission(rest),
  companyName: reseller.companyName,
  accountName: reseller.accountName,
  associatedOn: reseller.registeredAt,
});

export const toPermissionView = (
  { letter, history, ...rest }: DetailedPermission,
  nextCursor: string | undefined,
): z.input<typeof permissionView> => ({
  ...toPermission(rest),
  commitmentLetterVersion: letter?.version ?? null,
  commitmentSignedAt: letter?.signedAt ?? null,
  history: { items: history.changes.map(toChange), nextCursor },
});

function toPermission({ resellerId, budgetFreezeAuthorized, quota, onBehalfAuthorized }: ResellerPermission) {
  const { monthly, oneTime } = toQuotaView({ authorized: budgetFreezeAuthorized, quota });
  return { resellerId, budgetFreezeAuthorized, monthly, oneTime, onBehalfAuthorized };
}

const toChange = ({ grant, changedBy, before, after, changedAt }: GrantChange): z.input<typeof change> => ({
  permission: grant,
  changedBy,
  before: { ...before },
  after: { ...after },
  changedAt,
});
