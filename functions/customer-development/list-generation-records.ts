import * as z from 'zod';
import { DEVELOPMENT_GRANT, linkView, listGenerationRecords, toLinkView } from '#lib/customer-development/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-generation-records',
  summary: 'Custom links that were made, newest first, to be handed out again any time.',
  rules: 'DEV-22, DEV-75',
  route: 'GET /v1/invitation-links',
  actors: ['member'],
  permission: 'customer-development.manage',
  partnerGrant: DEVELOPMENT_GRANT,
  query: z.object({
    ...pageQuery,
    customTag: z.string().min(1).max(64).optional().meta({ description: 'Any part of it' }),
    accountManagerId: idParam.optional(),
  }),
  response: z.object({ items: z.array(linkView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ member, query: { limit, cursor, ...filter } }) => {
    const list = `list-generation-records:${member.id}:${JSON.stringify(filter)}`;
    const page = await listGenerationRecords(member, filter, { limit, startKey: fromCursor(cursor, list) });
    return { items: page.links.map(toLinkView), nextCursor: toCursor(page.nextKey, list) };
  },
});
