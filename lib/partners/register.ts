import { Refusal } from '#lib/shared/errors.ts';
import { type MemberIdentity, putIdentity } from '#lib/shared/identities.ts';
import { newId } from '#lib/shared/ids.ts';
import { loadStanding, putStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import { partnerErrors } from './errors.ts';
import { type Partner, type PartnerWish, registerPartner } from './partner.ts';
import { putNewPartner } from './partner-store.ts';

export interface OwnerWish {
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  readonly mobileNumber?: string;
}

/**
 * Registers a partner with its owner account (ORG-08): profile, standing and owner leave together or not at all.
 * @throws Refusal DISTRIBUTOR_REQUIRED, DISTRIBUTOR_NOT_ALLOWED, DISTRIBUTOR_NOT_FOUND, SUBJECT_TAKEN
 */
export async function registerPartnerWithOwner(wish: PartnerWish, owner: OwnerWish, now: Instant): Promise<Partner> {
  await checkDistributor(wish);
  const { partner, writes } = registrationWrites(wish, owner, now);
  await transact({ writes, trace: { partnerId: partner.partnerId, after: partner } });
  return partner;
}

/** A new partner with its owner account, to be joined to the change that makes it one; SUBJECT_TAKEN when the owner acts for somebody. */
export function registrationWrites(
  wish: PartnerWish,
  owner: OwnerWish,
  now: Instant,
): { partner: Partner; writes: Write[] } {
  const { partner, standing } = registerPartner(newId('par', now), wish, now);
  const identity: MemberIdentity = {
    kind: 'member',
    ...owner,
    memberId: newId('mem', now),
    partnerId: partner.partnerId,
    username: 'owner',
    owner: true,
    roles: [],
    status: 'normal',
    createdAt: now,
    version: 1,
  };
  return {
    partner,
    writes: [putNewPartner(partner), putStanding(standing), putIdentity(identity, partnerErrors.SUBJECT_TAKEN)],
  };
}

async function checkDistributor(wish: PartnerWish): Promise<void> {
  if (wish.type !== 'reseller') {
    if (wish.distributorId !== undefined) throw new Refusal(partnerErrors.DISTRIBUTOR_NOT_ALLOWED);
    return;
  }
  if (wish.distributorId === undefined) throw new Refusal(partnerErrors.DISTRIBUTOR_REQUIRED);
  const distributor = await loadStanding(wish.distributorId);
  if (distributor?.type !== 'distributor') throw new Refusal(partnerErrors.DISTRIBUTOR_NOT_FOUND);
}
