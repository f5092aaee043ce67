import { putIdentity } from '#lib/shared/identities.ts';
import { newId } from '#lib/shared/ids.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import { type Customer, UNCONTROLLED } from './customer.ts';
import { putNewCustomer } from './customer-store.ts';
import { customerErrors } from './errors.ts';

export type CustomerWish = Pick<
  Customer,
  'accountId' | 'accountName' | 'customerName' | 'email' | 'mobileNumber' | 'userType' | 'customerLevel'
> & {
  readonly subject?: string;
};

/** Registers a customer account, with its sign-in identity if one is given. @throws Refusal ACCOUNT_TAKEN, CUSTOMER_SUBJECT_TAKEN */
export async function registerCustomer(wish: CustomerWish, now: Instant): Promise<Customer> {
  const { customer, writes } = newCustomerWrites(wish, now);
  await transact({ writes, trace: { customerId: customer.customerId, after: customer } });
  return customer;
}

/** The same, for a transaction that does more. */
export function newCustomerWrites(
  { subject, ...wish }: CustomerWish,
  now: Instant,
): { customer: Customer; writes: Write[] } {
  const customer: Customer = {
    ...wish,
    customerId: newId('cus', now),
    registeredAt: now,
    control: UNCONTROLLED,
    version: 1,
  };
  const writes = [...putNewCustomer(customer), ...(subject ? [customerIdentity(subject, customer)] : [])];
  return { customer, writes };
}

/** Lets a sign-in identity act for a customer. @throws Refusal CUSTOMER_SUBJECT_TAKEN when it acts for somebody already */
export const customerIdentity = (
  subject: string,
  { customerId, email, mobileNumber }: Pick<Customer, 'customerId' | 'email' | 'mobileNumber'>,
): Write =>
  putIdentity({ kind: 'customer', subject, customerId, email, mobileNumber }, customerErrors.CUSTOMER_SUBJECT_TAKEN);
