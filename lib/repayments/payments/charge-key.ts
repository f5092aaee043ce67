/**
 * Idempotency keys at the processor: whose, and of what. A notification names the key and nothing else, so the key leads back to the
 * repayment or card.
 */
export const chargeKeyOf = ({ partnerId, repaymentId }: { partnerId: string; repaymentId: string }): string =>
  `${partnerId}.${repaymentId}`;

/** Each attempt at a card's verification has its own key. */
export const verificationKeyOf = (card: { partnerId: string; cardId: string }, attempt: number): string =>
  `${card.partnerId}.${card.cardId}.${attempt}`;

export function ownerOfKey(key: string): { partnerId: string; id: string } | undefined {
  const [partnerId, id] = key.split('.');
  return partnerId && id ? { partnerId, id } : undefined;
}
