import type { AssociationType } from '#lib/customers/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { currentAgreement } from './agreements-store.ts';
import type { Consents } from './entry.ts';
import { associationErrors } from './errors.ts';

/** Which texts the customer accepted. */
export interface AcceptedTexts {
  readonly instructionsVersion?: string;
  readonly authorizationVersion?: string;
}

/**
 * DEV-81, DEV-83: the instructions in force must be accepted in the reseller model, the letter of authorization may be.
 * @throws Refusal INSTRUCTIONS_NOT_ACCEPTED, AGREEMENT_OUTDATED
 */
export async function acceptedTexts(
  { instructionsVersion, letterOfAuthorization }: Consents,
  type: AssociationType,
): Promise<AcceptedTexts> {
  const authorizationVersion = letterOfAuthorization
    ? (await currentAgreement('customer-authorization')).version
    : undefined;
  if (type === 'referral') return { authorizationVersion };
  if (instructionsVersion === undefined) throw new Refusal(associationErrors.INSTRUCTIONS_NOT_ACCEPTED);
  const { version } = await currentAgreement('association-instructions');
  if (instructionsVersion !== version) throw new Refusal(associationErrors.AGREEMENT_OUTDATED);
  return { instructionsVersion, authorizationVersion };
}
