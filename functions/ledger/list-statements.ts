import * as z from 'zod';
import { billedPartners, partnerField, partnerOf } from '#lib/billing/index.ts';
import { ledgerErrors, readStatements, STATEMENT_TYPES, statementView, toStatementView } from '#lib/ledger/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';
import { instant, instantText } from '#lib/shared/time.ts';

const time = instantText.transform(instant).optional();

export const handler = operation({
  name: 'list-statements',
  summary: "Income and expense of a partner's account, the newest first; a partner's own for the last 12 months.",
  rules: 'FIN-01, FIN-144, FIN-155, FIN-161, FIN-182',
  route: 'GET /v1/statements',
  actors: ['member', 'operator'],
  permission: 'fund.view',
  partnerTypes: billedPartners,
  query: z.object({
    ...pageQuery,
    partnerId: partnerField,
    from: time,
    to: time,
    type: z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(z.enum(STATEMENT_TYPES)))
      .optional()
      .meta({ description: 'One or several, by commas; the payment records are Top-up and Expenditure (repayment)' }),
  }),
  response: z.object({ items: z.array(statementView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.PARTNER_NOT_FOUND, sharedErrors.CURSOR_INVALID, ledgerErrors.CONTACT_OPERATOR],
  run: async ({ actor, query: { limit, cursor, partnerId: named, from, to, type: types }, now }) => {
    const partnerId = partnerOf(actor, named);
    const list = `list-statements:${partnerId}:${from}:${to}:${types}`;
    const page = { limit, startKey: fromCursor(cursor, list) };
    const { entries, nextKey } = await readStatements(actor, partnerId, { from, to, types }, page, now);
    return { items: entries.map(toStatementView), nextCursor: toCursor(nextKey, list) };
  },
});
