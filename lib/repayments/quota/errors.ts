import { defineErrors } from '#lib/shared/errors.ts';

export const quotaErrors = defineErrors({
  QUOTA_INVALID: { status: 422, message: 'A quota is 0 or more, with at most 2 decimals.' }, // FIN-93
});
