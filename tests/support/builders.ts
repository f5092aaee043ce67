import { randomUUID } from 'node:crypto';
import { associateCustomer, registerCustomer } from '#lib/customers/index.ts';
import { createMember, createOperator } from '#lib/organization/index.ts';
import { type Partner, registerPartnerWithOwner } from '#lib/partners/index.ts';
import { SYSTEM } from '#lib/shared/actor.ts';
import { inCall } from '#lib/shared/call.ts';
import { clock } from '#lib/shared/clock.ts';
import type { SystemRole } from '#lib/shared/permissions.ts';
import type { Instant } from '#lib/shared/time.ts';

/** Who calls in a test: the subject that the authorizer would have verified. */
export interface Caller {
  readonly subject: string;
}

/** Does what a person or a job did before the test began, through the same use cases. */
export const asSystem = <T>(work: (now: Instant) => Promise<T>): Promise<T> => {
  const now = clock.now();
  return inCall({ operation: 'test-setup', requestId: randomUUID(), now, actor: SYSTEM }, () => work(now));
};

const unique = () => randomUUID().slice(0, 8);

export async function anOperator(): Promise<Caller & { operatorId: string }> {
  return asSystem((now) => createOperator(`operator-${unique()}`, 'Olga Operator', now));
}

export interface TestPartner extends Caller {
  readonly partnerId: string;
  readonly partner: Partner;
}

/** A partner; the subject is its owner account, which may do everything. */
export async function aPartner(
  wish: Partial<Omit<Partner, 'partnerId'>> & { of?: TestPartner } = {},
): Promise<TestPartner> {
  const { of: distributor, ...fields } = wish;
  const id = unique();
  const subject = `owner-${id}`;
  const partner = await asSystem((now) =>
    registerPartnerWithOwner(
      {
        type: distributor ? 'reseller' : 'solution-provider',
        distributorId: distributor?.partnerId,
        companyName: `Company ${id}`,
        accountName: `account-${id}`,
        registrationArea: { countryRegion: 'SG' },
        contact: { name: 'Ada Admin', email: `contact-${id}@example.com` },
        language: 'en',
        timeZone: 'Asia/Singapore',
        paymentCurrency: 'USD',
        budgetSmsEnabled: false,
        ...fields,
      },
      { subject, name: 'Owen Owner', email: `owner-${id}@example.com`, mobileNumber: '+6591234567' },
      now,
    ),
  );
  return { subject, partnerId: partner.partnerId, partner };
}

export interface TestMember extends Caller {
  readonly memberId: string;
  readonly partnerId: string;
  readonly email: string;
}

export async function aMember(wish: {
  of: TestPartner;
  roles?: readonly SystemRole[];
  directorId?: string;
  mobileNumber?: string;
}): Promise<TestMember> {
  const id = unique();
  const { of: partner, roles = ['admin'], ...fields } = wish;
  const member = await asSystem((now) =>
    createMember(
      SYSTEM,
      partner.partnerId,
      {
        subject: `member-${id}`,
        username: `member-${id}`,
        name: 'Mia Member',
        email: `member-${id}@example.com`,
        roles,
        ...fields,
      },
      now,
    ),
  );
  return { subject: member.subject, memberId: member.memberId, partnerId: partner.partnerId, email: member.email };
}

export interface TestCustomer extends Caller {
  readonly customerId: string;
  readonly accountId: string;
  readonly accountName: string;
}

/**
 * A customer; associated in the reseller model with `of` (a tier-1 partner, or a reseller of one) unless told otherwise. The subject is
 * the customer's own sign-in.
 */
export async function aCustomer(
  wish: {
    of?: TestPartner;
    type?: 'reseller' | 'referral';
    accountManagerId?: string;
    accountId?: string;
    accountName?: string;
  } = {},
): Promise<TestCustomer> {
  const id = unique();
  const subject = `customer-${id}`;
  const { of: partner, accountId = `acc-${id}`, accountName = `account-${id}` } = wish;
  const customer = await asSystem((now) =>
    registerCustomer(
      {
        accountId,
        accountName,
        customerName: 'Carla Customer',
        email: `carla-${id}@example.com`,
        mobileNumber: '+4915112345678',
        userType: 'enterprise',
        subject,
      },
      now,
    ),
  );
  if (partner) {
    const { partnerId, distributorId } = partner.partner;
    await asSystem((now) =>
      associateCustomer(
        customer.customerId,
        {
          partnerId: distributorId ?? partnerId,
          resellerId: distributorId ? partnerId : undefined,
          type: wish.type ?? 'reseller',
          accountManagerId: wish.accountManagerId,
        },
        now,
      ),
    );
  }
  return { subject, customerId: customer.customerId, accountId, accountName };
}
