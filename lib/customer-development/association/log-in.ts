import { type AccountFacts, findAccount } from '#lib/accounts/index.ts';
import { loadCustomer } from '#lib/customers/index.ts';
import type { Actor } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import { normaliseEmail } from '../leads/lead.ts';
import { claim } from './claim.ts';
import { acceptedTexts } from './consents.ts';
import type { Consents, Entry } from './entry.ts';
import { associationErrors } from './errors.ts';
import { typeOf } from './offer.ts';
import { requireTarget, requireWayIn } from './way-in.ts';

/**
 * An existing account takes an e-mailed invitation (DEV-88); it has proved itself to the token issuer.
 * @throws Refusal EXISTING_ACCOUNT_NEEDS_EMAIL_INVITATION (DEV-78), NO_ACCOUNT and those of the link and of the consents
 */
export async function logInThroughInvitation(
  token: string,
  actor: Actor,
  consents: Consents,
  now: Instant,
): Promise<Entry> {
  if ((await requireTarget(token, now)).kind === 'link')
    throw new Refusal(associationErrors.EXISTING_ACCOUNT_NEEDS_EMAIL_INVITATION);
  const account = await accountOf(actor);
  const target = await requireWayIn(token, normaliseEmail(account.email), now);
  const texts = await acceptedTexts(consents, typeOf(target));
  const newSubject = actor.kind === 'account' ? actor.subject : undefined;
  return claim({ target, account, way: 'log-in', texts, promotionalNews: consents.promotionalNews, newSubject }, now);
}

/** The platform account that somebody signed in with. @throws Refusal NO_ACCOUNT, PLATFORM_UNAVAILABLE */
async function accountOf(actor: Actor): Promise<AccountFacts> {
  const account = await findOwn(actor);
  if (!account) throw new Refusal(associationErrors.NO_ACCOUNT);
  return account;
}

async function findOwn(actor: Actor): Promise<AccountFacts | undefined> {
  if (actor.kind === 'account') return findAccount({ subject: actor.subject });
  if (actor.kind !== 'customer') return undefined;
  const customer = await loadCustomer(actor.customerId);
  return customer && findAccount({ accountId: customer.accountId });
}
