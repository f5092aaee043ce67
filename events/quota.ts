import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

const standing = {
  partnerId: z.string(),
  total: z.string(),
  used: z.string(),
  at: z.string(),
};

/** FIN-95. The use of a consumption quota rose above 80 %, or used it up. */
export const quotaLevelReached = defineEvent({
  name: 'quota.level-reached',
  version: 1,
  detail: z.object({ ...standing, level: z.enum(['warning', 'used-up']) }),
});

/** FIN-96. More is owed than the quota allows: the partner's customers in the reseller model buy nothing from now on. */
export const partnerRestricted = defineEvent({
  name: 'partner.restricted',
  version: 1,
  detail: z.object(standing),
});

/** FIN-96. The quota is kept again. */
export const partnerRestrictionEnded = defineEvent({
  name: 'partner.restriction-ended',
  version: 1,
  detail: z.object({ partnerId: z.string(), at: z.string() }),
});
