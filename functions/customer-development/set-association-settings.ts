import * as z from 'zod';
import {
  associationSettingsView,
  setAssociationSettings,
  toAssociationSettingsView,
} from '#lib/customer-development/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { countryField, versionField } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-association-settings',
  summary: 'Sets the limit of outstanding invoices and the countries without a referral model.',
  rules: 'DEV-96',
  route: 'PUT /v1/association-settings',
  actors: ['operator'],
  body: z.object({
    outstandingInvoiceLimit: moneyText.regex(
      /^\d{1,16}(\.\d{1,2})?$/,
      'must not be negative, with at most two decimals',
    ),
    referralExcludedCountries: z.array(countryField).max(250),
    expectedVersion: versionField,
  }),
  response: associationSettingsView,
  errors: [sharedErrors.VERSION_CONFLICT],
  run: async ({ body: { expectedVersion, referralExcludedCountries, outstandingInvoiceLimit } }) => {
    const wish = { referralExcludedCountries, outstandingInvoiceLimit: parseMoney(outstandingInvoiceLimit) };
    return toAssociationSettingsView(await setAssociationSettings(wish, expectedVersion));
  },
});
