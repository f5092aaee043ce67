import {
  checkRestriction,
  controlBody,
  controlErrors,
  controlResults,
  restrictPayPerUse,
  toControlResults,
} from '#lib/customers/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'lift-pay-per-use',
  summary: 'Allows 1 to 10 customers new pay-per-use purchases again; each its own result.',
  rules: 'CUS-170 to CUS-172, CUS-005',
  route: 'POST /v1/customers/lift-pay-per-use',
  actors: ['member'],
  permission: 'customer.freeze',
  critical: 'freeze-unfreeze',
  body: controlBody,
  response: controlResults,
  errors: [controlErrors.BATCH_SIZE, controlErrors.REASON_INVALID, sharedErrors.PARTNER_INACTIVE],
  check: ({ body, standing }) => checkRestriction(body, standing),
  run: async ({ body, member, standing, now }) =>
    toControlResults(await restrictPayPerUse({ ...body, restricted: false }, { member, standing }, now)),
});
