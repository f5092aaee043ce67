import * as z from 'zod';
import { resellerDelegationChanged } from '#events/resellers.ts';
import { currentAgreement, isSigned, listSigned, signAgreementWrites } from '#lib/customer-development/index.ts';
import type { Member } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { appendGrantChange } from '#lib/shared/grant-history.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { type PartnerGrant, type PartnerStanding, putStanding, requireStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { type Commit, transact, type Write } from '#lib/shared/transaction.ts';
import { resellerErrors } from './errors.ts';

export const ON_BEHALF: PartnerGrant = 'act-on-behalf';
export const LETTER = 'distributor-commitment';

export const delegationView = z.object({ resellerId: z.string(), onBehalfAuthorized: z.boolean() });
type DelegationView = z.output<typeof delegationView>;

/**
 * DEV-133: the version of the distributor's commitment letter that this acceptance signs; none when the one in force is signed.
 * @throws Refusal LETTER_NOT_ACCEPTED
 */
export async function letterToSign(distributorId: string, acceptedVersion?: string): Promise<string | undefined> {
  const [letter, signed] = await Promise.all([
    currentAgreement(LETTER),
    listSigned({ kind: 'partner', id: distributorId }),
  ]);
  if (isSigned(signed, letter)) return undefined;
  if (acceptedVersion !== letter.version) {
    const { code, version } = letter;
    throw new Refusal(resellerErrors.LETTER_NOT_ACCEPTED, { agreementCode: code, agreementVersion: version });
  }
  return letter.version;
}

/**
 * DEV-132, DEV-133, DEV-138: one switch for ordering and O&M on behalf of the reseller's customers; the letter takes effect with it.
 * @throws Refusal LETTER_NOT_ACCEPTED
 */
export async function grantDelegation(
  resellerId: string,
  member: Member,
  acceptedVersion: string | undefined,
  now: Instant,
): Promise<DelegationView> {
  return redecide(async () => {
    const version = await letterToSign(member.partnerId, acceptedVersion);
    const signer = { kind: 'partner', id: member.partnerId, channel: 'portal' } as const;
    const signature = version ? signAgreementWrites(signer, LETTER, version, now) : [];
    return switchTo(true, await requireStanding(resellerId), { member, signature, now });
  });
}

/** DEV-136: all on-behalf work ends with the grant, at once; the customers' letters are not touched, so a new grant revives them. */
export async function withdrawDelegation(resellerId: string, member: Member, now: Instant): Promise<DelegationView> {
  return redecide(async () => switchTo(false, await requireStanding(resellerId), { member, signature: [], now }));
}

interface Switching {
  readonly member: Member;
  readonly signature: readonly Write[];
  readonly now: Instant;
}

/** What is so already is not changed again; a letter accepted beside it is signed all the same. */
async function switchTo(
  authorized: boolean,
  before: PartnerStanding,
  { member, signature, now }: Switching,
): Promise<DelegationView> {
  const unchanged = before.grants.includes(ON_BEHALF) === authorized;
  const change = unchanged ? { writes: [] } : changeOf(before, authorized, member, now);
  await transact({ ...change, writes: [...signature, ...change.writes] });
  return { resellerId: before.partnerId, onBehalfAuthorized: authorized };
}

/** The switch itself, its history and the event leave together. */
function changeOf(before: PartnerStanding, authorized: boolean, member: Member, now: Instant): Commit {
  const { partnerId: resellerId } = before;
  const detail = { resellerId, distributorId: member.partnerId, authorized, changedBy: member.id, changedAt: now };
  return {
    writes: [
      // Another right may be changing at the same time: then decide anew instead of refusing after the code was used.
      { ...putStanding(withSwitch(before, authorized), before.version), onConflict: undefined },
      appendGrantChange({
        partnerId: resellerId,
        grant: ON_BEHALF,
        changedBy: member,
        before: { authorized: !authorized },
        after: { authorized },
        changedAt: now,
      }),
    ],
    events: [event(resellerDelegationChanged, detail, now)],
    trace: { before: { resellerId, authorized: !authorized }, after: { resellerId, authorized } },
  };
}

const withSwitch = (before: PartnerStanding, authorized: boolean): PartnerStanding => ({
  ...before,
  grants: [...before.grants.filter((grant) => grant !== ON_BEHALF), ...(authorized ? [ON_BEHALF] : [])],
});
