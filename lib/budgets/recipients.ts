import * as z from 'zod';
import type { Member } from '#lib/shared/actor.ts';
import { maskEmail, maskPhone } from '#lib/shared/masking.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import {
  type BudgetRecipient,
  listRecipients,
  putRecipient,
  recipientIdOf,
  removeRecipient,
} from './recipient-store.ts';

export const recipientView = z.object({
  recipientId: z.string(),
  name: z.string(),
  email: z.string().meta({ description: 'Masked' }),
  phone: z.string().meta({ description: 'Masked' }),
  addedAt: z.string(),
});

export const toRecipientView = (recipient: BudgetRecipient): z.input<typeof recipientView> => ({
  ...recipient,
  email: maskEmail(recipient.email),
  phone: maskPhone(recipient.phone),
});

/** CUS-121, CUS-122. @throws Refusal RECIPIENT_EXISTS, RECIPIENT_LIMIT */
export async function addRecipient(
  { partnerId }: Member,
  wish: Pick<BudgetRecipient, 'name' | 'email' | 'phone'>,
  now: Instant,
): Promise<BudgetRecipient> {
  const recipientId = recipientIdOf(partnerId, wish.email);
  const recipient = { ...wish, recipientId, partnerId, messageType: 'finance.partner-budget' as const, addedAt: now };
  await transact({ writes: putRecipient(recipient), trace: { after: { recipientId } } });
  return recipient;
}

/** @throws Refusal RECIPIENT_NOT_FOUND, also for another partner's recipient */
export async function dropRecipient({ partnerId }: Member, recipientId: string): Promise<void> {
  await transact({ writes: removeRecipient(partnerId, recipientId), trace: { before: { recipientId } } });
}

/** Recipients of a partner that a notice raised at `raisedAt` goes to (CUS-123). */
export async function recipientsAt(partnerId: string, raisedAt: Instant): Promise<BudgetRecipient[]> {
  const recipients = await listRecipients(partnerId);
  return recipients.filter(({ addedAt }) => addedAt <= raisedAt);
}
