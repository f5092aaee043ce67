import * as z from 'zod';
import { partnerErrors, partnerView, registerPartnerWithOwner, toPartnerView } from '#lib/partners/index.ts';
import {
  countryField,
  currencyField,
  emailField,
  languageField,
  nameField,
  phoneField,
  subjectField,
  timeZoneField,
} from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { PARTNER_TYPES } from '#lib/shared/standing.ts';

/** ORG-08: a partner starts with its owner account. */
export const handler = operation({
  name: 'register-partner',
  summary: 'Registers a solution-provider, a distributor, or a reseller under a distributor, with its owner account.',
  rules: 'ORG-08, ORG-170',
  route: 'POST /v1/partners',
  actors: ['operator'],
  body: z.object({
    type: z.enum(PARTNER_TYPES),
    companyName: z.string().trim().min(1).max(200),
    accountName: nameField,
    distributorId: z.string().optional(),
    registrationArea: z.object({ countryRegion: countryField, stateProvince: z.string().max(64).optional() }),
    taxId: z.string().trim().min(1).max(40).optional().meta({ description: 'Printed on invoices' }),
    contact: z.object({ name: nameField, email: emailField.optional(), mobileNumber: phoneField.optional() }),
    financialContact: z.object({ name: nameField, email: emailField }).optional(),
    language: languageField.default('en'),
    timeZone: timeZoneField.default('Asia/Singapore'),
    paymentCurrency: currencyField.default('USD'),
    budgetSmsEnabled: z.boolean().default(false),
    owner: z.object({ subject: subjectField, name: nameField, email: emailField, mobileNumber: phoneField.optional() }),
  }),
  response: partnerView,
  status: 201,
  errors: [
    partnerErrors.DISTRIBUTOR_REQUIRED,
    partnerErrors.DISTRIBUTOR_NOT_ALLOWED,
    partnerErrors.DISTRIBUTOR_NOT_FOUND,
    partnerErrors.SUBJECT_TAKEN,
  ],
  run: async ({ body: { owner, ...wish }, now }) => toPartnerView(await registerPartnerWithOwner(wish, owner, now)),
});
