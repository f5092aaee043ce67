import * as z from 'zod';
import { customerErrors, customerView, registerCustomer, toCustomerView } from '#lib/customers/index.ts';
import { emailField, nameField, phoneField, subjectField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'register-customer',
  summary: 'Registers a customer account of the platform.',
  rules: 'CUS-013',
  route: 'POST /v1/customers',
  actors: ['operator'],
  body: z.object({
    accountId: z
      .string()
      .trim()
      .min(1)
      .max(256)
      .meta({ description: "The platform's account, as usage files name it" }),
    accountName: nameField,
    customerName: nameField.optional(),
    email: emailField.optional(),
    mobileNumber: phoneField.optional(),
    userType: z.enum(['enterprise', 'individual']).default('enterprise'),
    customerLevel: z.string().max(16).optional(),
    subject: subjectField.optional(),
  }),
  response: customerView,
  status: 201,
  errors: [customerErrors.ACCOUNT_TAKEN, customerErrors.CUSTOMER_SUBJECT_TAKEN],
  run: async ({ body, now }) => toCustomerView(await registerCustomer(body, now), undefined),
});
