import * as z from 'zod';
import { listOverdue, toUnpaidBillView, unpaidBillView } from '#lib/repayments/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

const LIST = 'list-overdue-bills';
const position = z.object({ after: z.string() });

export const handler = operation({
  name: LIST,
  summary: 'Overdue bills of all partners, the longest overdue first.',
  rules: 'FIN-162 to FIN-164',
  route: 'GET /v1/overdue-bills',
  actors: ['operator'],
  query: z.object(pageQuery),
  response: z.object({
    items: z.array(unpaidBillView.extend({ partnerId: z.string() })),
    nextCursor: z.string().optional(),
  }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ query: { limit, cursor }, now }) => {
    const start = fromCursor(cursor, LIST);
    const { bills, next } = await listOverdue({ limit, after: start && position.parse(start).after }, now);
    return {
      items: bills.map((bill) => ({ ...toUnpaidBillView(bill, now), partnerId: bill.partnerId })),
      nextCursor: toCursor(next === undefined ? undefined : { after: next }, LIST),
    };
  },
});
