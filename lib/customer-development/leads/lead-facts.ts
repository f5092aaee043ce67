import { type AccountFacts, findAccount } from '#lib/accounts/index.ts';
import { customerIdsOfAccounts, loadCustomers } from '#lib/customers/index.ts';
import type { Partner } from '#lib/partners/index.ts';
import { normaliseEmail } from './lead.ts';
import type { LeadFacts } from './reasons.ts';
import type { Reservation } from './reservation.ts';

/** What is known now of the account behind an address (DEV-26), asked anew for every check. @throws Refusal PLATFORM_UNAVAILABLE */
export async function loadLeadFacts(
  email: string,
  partner: Partner,
  reservation: Reservation | undefined,
): Promise<LeadFacts> {
  const account = await findAccount({ email: normaliseEmail(email) });
  return {
    account,
    associated: account !== undefined && (await isAssociated(account)),
    reservedByOther: reservation !== undefined && reservation.partnerId !== partner.partnerId,
    partnerCountry: partner.registrationArea.countryRegion,
  };
}

/** With any partner (DEV-28). */
async function isAssociated({ accountId }: AccountFacts): Promise<boolean> {
  const customers = await loadCustomers([...(await customerIdsOfAccounts([accountId])).values()]);
  return customers.some(({ association }) => association !== undefined && association.endedAt === undefined);
}
