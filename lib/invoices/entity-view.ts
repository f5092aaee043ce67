import * as z from 'zod';
import { countryField, emailField } from '#lib/shared/fields.ts';

const text = (longest: number) => z.string().trim().min(1).max(longest);

const addressInput = z.object({
  street: text(200),
  city: text(100),
  postalCode: text(20).optional(),
  country: countryField,
});

export const entityInput = z.object({
  legalName: text(200),
  address: addressInput,
  taxId: text(40),
  taxIdLabel: text(20).default('VAT'),
  registrationNumber: text(60).optional(),
  email: emailField.optional(),
  territories: z.array(countryField).max(250).default([]),
  standard: z.boolean().default(false),
});

export const entityView = entityInput.extend({
  entityId: z.string(),
  taxIdLabel: z.string(),
  territories: z.array(z.string()),
  standard: z.boolean(),
  updatedAt: z.string(),
  version: z.number().int(),
});
