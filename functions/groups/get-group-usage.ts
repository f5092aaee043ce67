import * as z from 'zod';
import { groupErrors, groupScope, groupUsageView, showUsage, toGroupUsageView } from '#lib/groups/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { billingMonthText, isBillingMonth } from '#lib/shared/time.ts';

export const handler = operation({
  name: 'get-group-usage',
  summary: 'What all customers of a group used in a month beside plan and budget, and what each of them used.',
  rules: 'CUS-011, CUS-234 to CUS-238',
  route: 'GET /v1/groups/{groupId}/usage',
  actors: ['member', 'operator', 'group'],
  permission: 'group.manage',
  scope: groupScope,
  path: z.object({ groupId: idParam }),
  query: z.object({
    ...pageQuery,
    period: billingMonthText.optional().meta({ description: 'The running month when not given' }),
  }),
  response: groupUsageView,
  timeoutSeconds: 29,
  errors: [groupErrors.USAGE_OF_PARTNER_GROUP, groupErrors.PERIOD_IN_FUTURE, sharedErrors.CURSOR_INVALID],
  run: async ({ actor, resource, query: { limit, cursor, period }, now }) => {
    const list = `get-group-usage:${actor.id}:${resource.groupId}:${period ?? ''}`;
    const after = fromCursor(cursor, list)?.after;
    const wish = {
      month: period !== undefined && isBillingMonth(period) ? period : undefined,
      limit,
      after: typeof after === 'string' ? after : undefined,
    };
    const reading = await showUsage(actor, resource, wish, now);
    return toGroupUsageView(reading, toCursor(reading.next === undefined ? undefined : { after: reading.next }, list));
  },
});
