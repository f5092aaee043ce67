import * as z from 'zod';
import {
  GROUP_KINDS,
  GROUP_STATUSES,
  groupView,
  listGroups,
  parentOf,
  toGroupView,
  USAGE_STATES,
} from '#lib/groups/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { billingMonthOf } from '#lib/shared/time.ts';

export const handler = operation({
  name: 'list-groups',
  summary: 'Groups of the partner, or for operators of any partner or the platform, in the order of their names.',
  rules: 'CUS-011 to CUS-013, CUS-218, CUS-236',
  route: 'GET /v1/groups',
  actors: ['member', 'operator'],
  permission: 'group.manage',
  query: z.object({
    ...pageQuery,
    kind: z
      .enum(GROUP_KINDS)
      .optional()
      .meta({ description: 'Customer groups, or partner groups where the parent is the platform, when not given' }),
    status: z.enum(GROUP_STATUSES).optional(),
    state: z.enum(USAGE_STATES).optional().meta({ description: 'Usage beside the plan, as last found' }),
    partnerId: idParam.optional().meta({ description: 'For operators; the platform when not given' }),
  }),
  response: z.object({ items: z.array(groupView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.PARTNER_NOT_FOUND, sharedErrors.CURSOR_INVALID],
  run: async ({ actor, now, query: { limit, cursor, partnerId, kind: wanted, ...filter } }) => {
    const kind = wanted ?? (actor.kind === 'operator' && partnerId === undefined ? 'partner' : 'customer');
    const parent = await parentOf(actor, kind, partnerId);
    const list = `list-groups:${parent.parentId}:${JSON.stringify({ kind, ...filter })}`;
    const after = fromCursor(cursor, list)?.after;
    const wish = { limit, after: typeof after === 'string' ? after : undefined };
    const { groups, next } = await listGroups(parent, { kind, ...filter }, wish, now);
    return {
      items: groups.map((group) => toGroupView(group, billingMonthOf(now))),
      nextCursor: toCursor(next === undefined ? undefined : { after: next }, list),
    };
  },
});
