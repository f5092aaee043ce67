import { transact } from '#lib/shared/transaction.ts';
import type { TransferClaim } from './claim.ts';

/** The payer's account number in clear, to find the money by; a trace names who saw it, before it is shown. */
export async function revealAccount({ claimId, partnerId, bankAccount }: TransferClaim): Promise<string> {
  await transact({ writes: [], trace: { partnerId, after: { claimId, field: 'bankAccount' } } });
  return bankAccount;
}
