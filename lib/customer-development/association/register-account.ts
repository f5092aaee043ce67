import { accountErrors, registerAccount } from '#lib/accounts/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { derivedId } from '#lib/shared/ids.ts';
import { consumeRegistrantCode, requestRegistrantCode } from '#lib/shared/registrant-code.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { ResolvedToken } from '../invitations/resolve-token.ts';
import { normaliseEmail } from '../leads/lead.ts';
import { claim } from './claim.ts';
import { acceptedTexts } from './consents.ts';
import type { Consents, Entry } from './entry.ts';
import { associationErrors } from './errors.ts';
import { typeOf } from './offer.ts';
import { requireWayIn } from './way-in.ts';

export interface AccountWish extends Consents {
  readonly country: string;
  readonly email: string;
  /** Goes to the account registry and nowhere else. */
  readonly password: string;
  readonly challengeId: string;
  readonly code: string;
}

/** DEV-86: mails a code to the address that is to be registered. @throws Refusal TOO_MANY_CODES and those of the link */
export async function requestRegistrationCode(
  token: string,
  given: string,
  now: Instant,
): Promise<{ challengeId: string; validUntil: Instant }> {
  const email = normaliseEmail(given);
  const target = await requireWayIn(token, email, now);
  return requestRegistrantCode(email, purposeOf(target), now);
}

/**
 * Registers an account through an invitation (DEV-86); it stays unassociated until services are enabled (DEV-90). The registry knows a
 * repeated registration by its request id, so that a crash after it is made up for by the next attempt.
 * @throws Refusal those of the link, of the consents, of the code and of the registry
 */
export async function registerThroughInvitation(token: string, wish: AccountWish, now: Instant): Promise<Entry> {
  const email = normaliseEmail(wish.email);
  const target = await requireWayIn(token, email, now);
  const texts = await acceptedTexts(wish, typeOf(target));
  await consumeRegistrantCode(email, purposeOf(target), { challengeId: wish.challengeId, code: wish.code }, now);
  const account = await register(target, { ...wish, email });
  return claim(
    { target, account, way: 'register', texts, promotionalNews: wish.promotionalNews, newSubject: account.subject },
    now,
  );
}

/** @throws Refusal EXISTING_ACCOUNT_NEEDS_EMAIL_INVITATION (DEV-78), ACCOUNT_EXISTS, PASSWORD_REFUSED, PLATFORM_UNAVAILABLE */
async function register(target: ResolvedToken, { country, email, password }: AccountWish) {
  try {
    return await registerAccount({ country, email, password, requestId: derivedId('reg', purposeOf(target), email) });
  } catch (error) {
    const exists = error instanceof Refusal && error.definition === accountErrors.ACCOUNT_EXISTS;
    if (!exists || target.kind === 'invitation') throw error;
    throw new Refusal(associationErrors.EXISTING_ACCOUNT_NEEDS_EMAIL_INVITATION);
  }
}

/** The invitation or link that a code and a registration belong to. */
const purposeOf = (target: ResolvedToken): string =>
  target.kind === 'link' ? target.link.linkId : `${target.invitation.invitationId}:${target.invitation.sendCount}`;
