import * as z from 'zod';
import {
  budgetErrors,
  checkPermissionWish,
  quotaView,
  resellerScope,
  setBudgetPermission,
  toQuotaView,
} from '#lib/budgets/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-reseller-budget-permission',
  summary:
    'Authorizes a reseller to set budgets and freeze, within quotas, or withdraws that; budgets and freezes stay.',
  rules: 'CUS-001, CUS-019, CUS-085, CUS-088, DEV-125 to DEV-131, ORG-178',
  route: 'PUT /v1/resellers/{resellerId}/budget-permission',
  actors: ['member'],
  permission: 'reseller.manage',
  partnerTypes: { types: ['distributor'], error: sharedErrors.PARTNER_NOT_ENABLED },
  scope: resellerScope,
  critical: {
    keys: ['grant-reseller-budget-permission', 'withdraw-reseller-budget-permission'],
    choose: ({ body }) =>
      body.authorized ? 'grant-reseller-budget-permission' : 'withdraw-reseller-budget-permission',
  },
  path: z.object({ resellerId: idParam }),
  body: z.object({
    authorized: z.boolean(),
    monthlyQuota: moneyText.default('0.00').meta({ description: 'Given with the right; 0.00 without it' }),
    oneTimeQuota: moneyText.default('0.00'),
  }),
  response: quotaView,
  errors: [budgetErrors.QUOTA_INVALID],
  check: ({ body }) => checkPermissionWish(toWish(body)),
  run: async ({ path, body, member, now }) =>
    toQuotaView(await setBudgetPermission(path.resellerId, toWish(body), member, now)),
});

const toWish = (body: { authorized: boolean; monthlyQuota: string; oneTimeQuota: string }) => ({
  authorized: body.authorized,
  monthlyQuota: parseMoney(body.monthlyQuota),
  oneTimeQuota: parseMoney(body.oneTimeQuota),
});
