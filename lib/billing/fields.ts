import * as z from 'zod';
import { idParam } from '#lib/shared/fields.ts';
import { type BillingMonth, billingMonthText, isBillingMonth } from '#lib/shared/time.ts';

/** Fields that several finance operations take in the same form. */
export const reasonField = z.string().trim().min(1).max(500).meta({ description: 'Why; kept in the audit trace' });

export const cycleField = billingMonthText.transform((text): BillingMonth => {
  if (!isBillingMonth(text)) throw new TypeError('the schema lets only months pass');
  return text;
});

export const partnerField = idParam.optional().meta({ description: 'For operators: whose; a member sees its own' });
