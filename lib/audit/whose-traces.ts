import type { Actor } from '#lib/shared/actor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { requireStanding } from '#lib/shared/standing.ts';

/**
 * Whose traces are read: a member's own partner's, whatever partner an operator names, or the platform's own.
 * @throws Refusal PARTNER_NOT_FOUND for a partner that does not exist, or is another one's to a member
 */
export async function whoseTraces(actor: Actor, partnerId: string | undefined): Promise<{ partnerId?: string }> {
  if (actor.kind === 'member') {
    if (partnerId !== undefined && partnerId !== actor.partnerId) throw new Refusal(sharedErrors.PARTNER_NOT_FOUND);
    return { partnerId: actor.partnerId };
  }
  if (partnerId !== undefined) await requireStanding(partnerId);
  return { partnerId };
}
