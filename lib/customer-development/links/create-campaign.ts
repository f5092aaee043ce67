import * as z from 'zod';
import { Refusal } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { associationTypeField } from '../invitations/invitation-view.ts';
import { type Campaign, isOver } from './campaign.ts';
import { putNewCampaign } from './campaign-store.ts';
import { linkErrors } from './errors.ts';

export const campaignView = z.object({
  campaignId: z.string(),
  name: z.string(),
  associationType: associationTypeField,
  validFrom: z.string(),
  validUntil: z.string(),
  createdAt: z.string(),
});

/** DEV-77. @throws Refusal CAMPAIGN_PERIOD_INVALID */
export async function createCampaign(
  wish: Omit<Campaign, 'campaignId' | 'createdAt'>,
  now: Instant,
): Promise<Campaign> {
  if (wish.validUntil <= wish.validFrom || isOver(wish, now)) throw new Refusal(linkErrors.CAMPAIGN_PERIOD_INVALID);
  const campaign: Campaign = { ...wish, campaignId: newId('cmp', now), createdAt: now };
  await transact({ writes: [putNewCampaign(campaign)], trace: { after: campaign } });
  return campaign;
}
