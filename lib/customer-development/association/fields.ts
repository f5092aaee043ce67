import * as z from 'zod';

/** The secret part of an invitation link. */
export const tokenParam = z.string().min(1).max(1_000);

/** What a customer accepts on its way in (DEV-81, DEV-83, DEV-92). */
export const consentFields = {
  instructionsVersion: z
    .string()
    .max(16)
    .optional()
    .meta({ description: 'Version of the association instructions that were read and accepted; reseller model only' }),
  letterOfAuthorization: z.boolean().default(false),
  promotionalNews: z.boolean().default(false),
};
