import { customerAssociated } from '#events/customers.ts';
import { currentCall } from '#lib/shared/call.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { loadStanding, requireStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Trace } from '#lib/shared/trace.ts';
import { ConditionFailed, transact, type Write } from '#lib/shared/transaction.ts';
import { type Association, type AssociationType, associate, type Customer } from './customer.ts';
import { appendFreezeRecord, loadCustomer, putAssociation, replaceCustomer } from './customer-store.ts';
import { customerErrors } from './errors.ts';
import { appendFact, putAssignment } from './managers/assignment-store.ts';
import { managesFor } from './managers/eligible.ts';

export interface AssociationWish
  extends Pick<Association, 'origin' | 'invitationId' | 'instructionsVersion' | 'instructionsSignedAt'> {
  readonly partnerId: string;
  readonly resellerId?: string;
  readonly type: AssociationType;
  readonly customTag?: string;
  /** CUS-188: the member whose invitation brought the customer; assigned without anybody acting. */
  readonly accountManagerId?: string;
  /** DEV-110. */
  readonly skipFreeze?: boolean;
}

/**
 * What makes a customer a partner's: association, its record in the dated history, default freeze, assignment (CUS-021, CUS-188,
 * DEV-98). Under the version of `before`, so that a customer has one association at most (DEV-97): the transaction fails without a
 * refusal when somebody came first.
 */
export function associationWrites(
  before: Customer,
  wish: AssociationWish,
  now: Instant,
): { after: Customer; writes: Write[]; events: OutgoingEvent[]; trace: Trace } {
  const { customerId } = before;
  const tagged = { ...before, customTag: wish.customTag ?? before.customTag };
  const { after, record } = associate(tagged, toAssociation(wish), now, { skipFreeze: wish.skipFreeze });
  const association = after.association as Association;
  const { partnerId, resellerId, type, origin, accountManagerId } = wish;
  const frozen = record !== undefined;
  const { accountName } = after;
  const detail = { customerId, accountName, partnerId, resellerId, type, accountManagerId, origin, frozen };
  return {
    after,
    writes: [
      replaceCustomer(before, after),
      putAssociation(customerId, association),
      ...(record ? [appendFreezeRecord(customerId, partnerId, record)] : []),
      ...(accountManagerId ? assignmentWrites(after, wish, accountManagerId, now) : []),
    ],
    events: [event(customerAssociated, { ...detail, since: now }, now)],
    trace: { partnerId, customerId, before: before.association, after: association },
  };
}

/** CUS-040, CUS-188: with the association, without anybody acting. */
function assignmentWrites(after: Customer, wish: AssociationWish, memberId: string, now: Instant): Write[] {
  const partnerId = managingPartner(wish);
  const invited = wish.origin !== undefined && wish.origin !== 'ticket';
  const by = invited ? 'invitation' : currentCall().actor.id;
  return [
    putAssignment(after.customerId, partnerId, memberId, now),
    appendFact(after, partnerId, { kind: 'assigned', memberId, at: now, by }),
  ];
}

/** The partner that the customer deals with: the reseller where there is one. */
export const managingPartner = ({ partnerId, resellerId }: Pick<Association, 'partnerId' | 'resellerId'>): string =>
  resellerId ?? partnerId;

/** The association in force, if any. */
export const activeAssociation = ({ association }: Customer): Association | undefined =>
  association?.endedAt ? undefined : association;

/**
 * Associates a customer with a partner as an operator wishes (CUS-021).
 * @throws Refusal CUSTOMER_NOT_FOUND, ALREADY_ASSOCIATED and those of the partner side
 */
export async function associateCustomer(customerId: string, wish: AssociationWish, now: Instant): Promise<Customer> {
  const [before] = await Promise.all([loadCustomer(customerId), checkPartnerSide(wish)]);
  if (!before) throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND);
  if (activeAssociation(before)) throw new Refusal(customerErrors.ALREADY_ASSOCIATED);
  const { after, ...commit } = associationWrites(before, wish, now);
  try {
    await transact(commit);
  } catch (error) {
    if (error instanceof ConditionFailed) throw new Refusal(customerErrors.ALREADY_ASSOCIATED); // two at once
    throw error;
  }
  return after;
}

const toAssociation = (wish: AssociationWish): Omit<Association, 'since' | 'endedAt'> => ({
  partnerId: wish.partnerId,
  resellerId: wish.resellerId,
  type: wish.type,
  accountManagers: wish.accountManagerId ? { [managingPartner(wish)]: wish.accountManagerId } : {},
  origin: wish.origin,
  invitationId: wish.invitationId,
  instructionsVersion: wish.instructionsVersion,
  instructionsSignedAt: wish.instructionsSignedAt,
});

/** @throws Refusal PARTNER_NOT_FOUND, PARTNER_CANNOT_ASSOCIATE, RESELLER_NOT_OF_PARTNER, REFERRAL_NOT_POSSIBLE, NOT_AN_ACCOUNT_MANAGER */
async function checkPartnerSide(wish: AssociationWish): Promise<void> {
  const partner = await requireStanding(wish.partnerId);
  if (partner.type === 'reseller') throw new Refusal(customerErrors.PARTNER_CANNOT_ASSOCIATE);
  if (wish.resellerId !== undefined) {
    const reseller = await loadStanding(wish.resellerId);
    if (reseller?.distributorId !== wish.partnerId) throw new Refusal(customerErrors.RESELLER_NOT_OF_PARTNER);
    if (wish.type === 'referral') throw new Refusal(customerErrors.REFERRAL_NOT_POSSIBLE);
  }
  if (wish.accountManagerId !== undefined && !(await managesFor(wish.accountManagerId, managingPartner(wish))))
    throw new Refusal(customerErrors.NOT_AN_ACCOUNT_MANAGER);
}
