import * as z from 'zod';
import { groupErrors, LIST_PRICE, ownGroupScope, planView, setPlan, toPlanView } from '#lib/groups/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam, nameField, versionField } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-service-plan',
  summary: 'What the customers of a group are expected to use together in a month, from this month on.',
  rules: 'CUS-233, CUS-234, CUS-238',
  route: 'PUT /v1/groups/{groupId}/service-plan',
  actors: ['member', 'operator'],
  permission: 'group.manage',
  scope: ownGroupScope,
  path: z.object({ groupId: idParam }),
  body: z.object({
    name: nameField,
    periodType: z.literal('month').default('month'),
    lines: z
      .array(
        z.object({
          metric: z
            .string()
            .trim()
            .min(1)
            .max(128)
            .meta({ description: `${LIST_PRICE}, or a product type code` }),
          unit: z
            .string()
            .trim()
            .min(1)
            .max(64)
            .meta({ description: "The payment currency, or the product's usage unit" }),
          expectedQuantity: moneyText,
        }),
      )
      .min(1)
      .max(50),
    expectedVersion: versionField,
  }),
  response: planView,
  errors: [groupErrors.PLAN_ON_PARTNER_GROUP, groupErrors.PLAN_LINE_INVALID, sharedErrors.VERSION_CONFLICT],
  run: async ({ resource, body: { name, lines, expectedVersion }, now }) => {
    const expected = lines.map((line) => ({ ...line, expectedQuantity: parseMoney(line.expectedQuantity) }));
    return toPlanView(await setPlan(resource, { name, lines: expected }, expectedVersion, now));
  },
});
