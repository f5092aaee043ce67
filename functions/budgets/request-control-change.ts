import * as z from 'zod';
import {
  CONTROL_REQUEST_KINDS,
  controlRequestErrors,
  controlRequestView,
  requestControlChange,
  toControlRequestView,
} from '#lib/budgets/index.ts';
import { controlErrors, customerScope } from '#lib/customers/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'request-control-change',
  summary: 'A reseller without authorization asks its distributor to adjust a budget, freeze or unfreeze.',
  rules: 'CUS-017, CUS-176, CUS-177',
  route: 'POST /v1/customers/{customerId}/control-requests',
  actors: ['member'],
  permission: 'customer.budget',
  partnerTypes: { types: ['reseller'], error: sharedErrors.PARTNER_NOT_ENABLED },
  scope: customerScope,
  path: z.object({ customerId: idParam }),
  body: z.object({
    kind: z.enum(CONTROL_REQUEST_KINDS),
    wishedAmount: moneyText.optional().meta({ description: 'With adjust-budget' }),
    note: z.string().trim().min(1).max(256),
  }),
  response: controlRequestView,
  status: 201,
  errors: [
    controlRequestErrors.WISHED_AMOUNT_INVALID,
    controlErrors.NOT_RESELLER_MODEL,
    controlRequestErrors.CONTROL_AUTHORIZED,
    controlRequestErrors.CONTROL_REQUEST_OPEN,
  ],
  run: async ({ resource, body: { wishedAmount, ...body }, member, standing, now }) => {
    const wish = { ...body, wishedAmount: wishedAmount === undefined ? undefined : parseMoney(wishedAmount) };
    return toControlRequestView(await requestControlChange(resource, wish, { member, standing }, now));
  },
});
