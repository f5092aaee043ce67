import * as z from 'zod';
import { isTimeZone } from './time.ts';

/** Fields that several areas accept in the same form. */
export const emailField = z.email().max(254);
export const phoneField = z
  .string()
  .regex(/^\+[1-9]\d{6,14}$/, 'must be an E.164 number such as +4915112345678')
  .meta({ examples: ['+4915112345678'] });
export const nameField = z.string().trim().min(1).max(64);
export const subjectField = z
  .string()
  .min(1)
  .max(128)
  .meta({ description: 'Subject of the identity in the token issuer' });
export const currencyField = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as USD');
export const countryField = z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code such as SG');
export const timeZoneField = z.string().max(64).refine(isTimeZone, 'must be an IANA time zone such as Asia/Singapore');
export const languageField = z.string().regex(/^[a-z]{2}$/, 'must be an ISO 639-1 code such as en');
export const versionField = z
  .number()
  .int()
  .min(0)
  .meta({ description: 'Version last read; `If-Match` may carry it instead' });
/** Ids inside a path: what this service gives out, nothing else. */
export const idParam = z.string().min(1).max(200);

/** `?dryRun=true`: shows what would happen, by the same code, and changes nothing. */
export const dryRunQuery = z.object({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
});
