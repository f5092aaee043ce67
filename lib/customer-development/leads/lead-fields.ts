import * as z from 'zod';
import { phoneField } from '#lib/shared/fields.ts';
import type { ReviewDecision } from './lead.ts';

/** Letters of any script on both sides of the @, no white space, control or quoting characters; the domain has a dot. */
const ADDRESS =
  /^[^\s@"(),:;<>[\]\\\p{C}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{M}\p{N}-]{2,63}$/u;

/** The address with which the customer registers, in whatever case it was typed (DEV-25). */
const customerEmail = z
  .string()
  .trim()
  .max(254)
  .regex(ADDRESS, 'must be an e-mail address such as new@acme.example')
  .meta({ examples: ['new@acme.example'] });

/** What a partner enters of a customer. */
export const leadFields = {
  customerName: z.string().trim().min(1).max(128),
  email: customerEmail,
  mobileNumber: phoneField.optional(),
  associationType: z.enum(['reseller', 'referral']).default('reseller'),
  remarks: z.string().trim().max(100).optional(),
};

/** DEV-45. */
export const justificationField = z.string().trim().min(1).max(1_000);

/** DEV-50: who is turned down hears why. */
export const reviewDecision = z
  .object({
    decision: z.enum(['approve', 'reject']),
    comment: z.string().trim().min(1).max(1_000).optional().meta({ description: 'Required for a rejection' }),
  })
  .refine(
    ({ decision, comment }: { decision: ReviewDecision; comment?: string }) => decision === 'approve' || comment,
    {
      path: ['comment'],
      error: 'a rejection needs a comment',
    },
  );
