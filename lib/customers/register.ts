import { customerAssociated } from '#events/customers.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { loadMember, putIdentity } from '#lib/shared/identities.ts';
import { newId } from '#lib/shared/ids.ts';
import { event } from '#lib/shared/outbox.ts';
import { loadStanding, requireStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { type Association, type AssociationType, associate, type Customer, UNCONTROLLED } from './customer.ts';
import {
  appendFreezeRecord,
  loadCustomer,
  putAssignment,
  putAssociation,
  putNewCustomer,
  replaceCustomer,
} from './customer-store.ts';
import { customerErrors } from './errors.ts';

export type CustomerWish = Pick<
  Customer,
  'accountId' | 'accountName' | 'customerName' | 'email' | 'mobileNumber' | 'userType' | 'customerLevel'
> & {
  readonly subject?: string;
};

/** Registers a customer account, with its sign-in identity if one is given. @throws Refusal ACCOUNT_TAKEN, CUSTOMER_SUBJECT_TAKEN */
export async function registerCustomer({ subject, ...wish }: CustomerWish, now: Instant): Promise<Customer> {
  const customer: Customer = {
    ...wish,
    customerId: newId('cus', now),
    registeredAt: now,
    control: UNCONTROLLED,
    version: 1,
  };
  const identity = subject
    ? [
        putIdentity(
          { kind: 'customer', subject, customerId: customer.customerId },
          customerErrors.CUSTOMER_SUBJECT_TAKEN,
        ),
      ]
    : [];
  await transact({
    writes: [...putNewCustomer(customer), ...identity],
    trace: { customerId: customer.customerId, after: customer },
  });
  return customer;
}

export interface AssociationWish {
  readonly partnerId: string;
  readonly resellerId?: string;
  readonly type: AssociationType;
  readonly customTag?: string;
  /** CUS-188: the member whose invitation brought the customer; assigned without anybody acting. */
  readonly accountManagerId?: string;
}

/**
 * Associates a customer with a partner: association, default freeze, its record and the event in one transaction (CUS-021).
 * @throws Refusal CUSTOMER_NOT_FOUND, ALREADY_ASSOCIATED and those of the partner side
 */
export async function associateCustomer(customerId: string, wish: AssociationWish, now: Instant): Promise<Customer> {
  const [before] = await Promise.all([loadCustomer(customerId), checkPartnerSide(wish)]);
  if (!before) throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND);
  if (before.association && !before.association.endedAt) throw new Refusal(customerErrors.ALREADY_ASSOCIATED);

  const { after, record } = associate(
    { ...before, customTag: wish.customTag ?? before.customTag },
    toAssociation(wish),
    now,
  );
  const association = after.association as Association;
  const managing = wish.resellerId ?? wish.partnerId;
  try {
    await transact({
      writes: [
        replaceCustomer(before, after),
        putAssociation(customerId, association),
        ...(record ? [appendFreezeRecord(customerId, wish.partnerId, record)] : []),
        ...(wish.accountManagerId ? [putAssignment(customerId, managing, wish.accountManagerId, now)] : []),
      ],
      events: [
        event(
          customerAssociated,
          {
            customerId,
            accountName: after.accountName,
            partnerId: wish.partnerId,
            resellerId: wish.resellerId,
            type: wish.type,
            since: now,
            accountManagerId: wish.accountManagerId,
          },
          now,
        ),
      ],
      trace: { partnerId: wish.partnerId, customerId, before: before.association, after: association },
    });
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
  accountManagers: wish.accountManagerId ? { [wish.resellerId ?? wish.partnerId]: wish.accountManagerId } : {},
});

async function checkPartnerSide(wish: AssociationWish): Promise<void> {
  const partner = await requireStanding(wish.partnerId);
  if (partner.type === 'reseller') throw new Refusal(customerErrors.PARTNER_CANNOT_ASSOCIATE);
  if (wish.resellerId !== undefined) {
    const reseller = await loadStanding(wish.resellerId);
    if (reseller?.distributorId !== wish.partnerId) throw new Refusal(customerErrors.RESELLER_NOT_OF_PARTNER);
    if (wish.type === 'referral') throw new Refusal(customerErrors.REFERRAL_NOT_POSSIBLE);
  }
  if (wish.accountManagerId !== undefined)
    await checkAccountManager(wish.accountManagerId, wish.resellerId ?? wish.partnerId);
}

async function checkAccountManager(memberId: string, partnerId: string): Promise<void> {
  const member = await loadMember(memberId);
  const eligible =
    member?.partnerId === partnerId &&
    member.status === 'normal' &&
    member.roles.some((role) => role === 'account-manager' || role === 'account-director');
  if (!eligible) throw new Refusal(customerErrors.NOT_AN_ACCOUNT_MANAGER);
}
