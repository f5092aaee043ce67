import { blockPurchases } from '#lib/accounts/index.ts';
import { isApplicantOrReseller } from './applicant-store.ts';

/** Each round follows a change by somebody else; nobody changes an account's applications this often. */
const MOST_ROUNDS = 8;

/**
 * ONB-31, ONB-32, DEV-120: lets the platform block an account's purchases while it is a reseller or on its way to become one, and not
 * longer. What is wanted is read again after it was said, so that of two settlements at once the later truth stays.
 */
export async function settlePurchaseBlock(accountId: string): Promise<void> {
  let wanted = await isApplicantOrReseller(accountId);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    await blockPurchases(accountId, wanted);
    const now = await isApplicantOrReseller(accountId);
    if (now === wanted) return;
    wanted = now;
  }
  throw new Error(`the purchase block of ${accountId} does not settle`);
}
