import * as z from 'zod';
import {
  billingErrors,
  billScope,
  correctionErrors,
  issuedBillView,
  reasonField,
  toIssuedBillView,
} from '#lib/billing/index.ts';
import { debtErrors, writeOffBill } from '#lib/repayments/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'write-off-bill',
  summary:
    'Gives up a part of what is outstanding of a bill, or all of it; with `dryRun` it only shows what would become of it.',
  rules: 'FIN-70',
  route: 'POST /v1/bills/{billId}/write-offs',
  actors: ['operator'],
  scope: billScope,
  path: z.object({ billId: idParam }),
  query: z.object({ dryRun: z.enum(['true', 'false']).default('false') }),
  body: z.object({ amount: moneyText.meta({ description: 'In the payment currency' }), reason: reasonField }),
  response: issuedBillView,
  errors: [
    billingErrors.BILL_NOT_ISSUED,
    correctionErrors.BILL_VOIDED,
    debtErrors.AMOUNT_EXCEEDS_OUTSTANDING,
    sharedErrors.CONCURRENT_CHANGE,
  ],
  run: async ({ resource, query, body: { amount, reason }, now }) => {
    const wish = { amount: parseMoney(amount), reason, dryRun: query.dryRun === 'true' };
    return toIssuedBillView(await writeOffBill(resource, wish, now), now);
  },
});
