import * as z from 'zod';
import { maskEmail, maskName, maskPhone } from '#lib/shared/masking.ts';
import { PARTNER_TYPES } from '#lib/shared/standing.ts';
import type { Partner } from './partner.ts';

export const partnerView = z.object({
  partnerId: z.string(),
  type: z.enum(PARTNER_TYPES),
  companyName: z.string(),
  accountName: z.string(),
  distributorId: z.string().optional(),
  registrationArea: z.object({ countryRegion: z.string(), stateProvince: z.string().optional() }),
  contact: z
    .object({ name: z.string(), email: z.string().optional(), mobileNumber: z.string().optional() })
    .meta({ description: 'Masked' }),
  language: z.string(),
  timeZone: z.string(),
  paymentCurrency: z.string(),
  contractingEntity: z.string().optional(),
  paymentDays: z.number().int().optional(),
  budgetSmsEnabled: z.boolean(),
  registeredAt: z.string(),
  version: z.number().int(),
});

/** A partner as the API shows it: the contact masked (spec note 13). */
export function toPartnerView(partner: Partner): z.input<typeof partnerView> {
  const { contact } = partner;
  return {
    ...partner,
    contact: {
      name: maskName(contact.name),
      email: contact.email && maskEmail(contact.email),
      mobileNumber: contact.mobileNumber && maskPhone(contact.mobileNumber),
    },
  };
}
