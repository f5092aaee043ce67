import { setTaxRule } from '#lib/billing/index.ts';
import { associateCustomer, registerCustomer } from '#lib/customers/index.ts';
import { setEntity } from '#lib/invoices/index.ts';
import { createMember, createOperator } from '#lib/organization/index.ts';
import { type Partner, registerPartnerWithOwner } from '#lib/partners/index.ts';
import { SYSTEM } from '#lib/shared/actor.ts';
import { inCall } from '#lib/shared/call.ts';
import { parseMoney } from '#lib/shared/money.ts';
import { billingMonthOf, type Instant, monthStart } from '#lib/shared/time.ts';
import { LOCAL_PLATFORM_TOKEN } from './platform-engine.ts';
import type { LocalStack } from './stack.ts';

/** Somebody to try the stack with: the subject of a ready-made token. */
export interface Persona {
  readonly subject: string;
  readonly who: string;
}

const PERSONAS: readonly Persona[] = [
  { subject: 'operator', who: 'operator of the platform' },
  { subject: 'owner-sunbird', who: 'owner account of the solution-provider Sunbird Cloud' },
  { subject: 'manager-sunbird', who: 'account manager at Sunbird Cloud, who sees one of its two customers' },
  { subject: 'owner-meridian', who: 'owner account of the distributor Meridian Distribution' },
  { subject: 'owner-harbor', who: 'owner account of its reseller Harbor Resale' },
  { subject: 'customer-atlas', who: 'the customer Atlas Nimbus of Sunbird Cloud' },
];

/** In whose name invoices are issued. */
const ENTITY: Parameters<typeof setEntity>[0] = {
  entityId: 'CSER',
  legalName: 'Cloud Vendor International Pte. Ltd.',
  address: { street: '15 Marina Boulevard', city: 'Singapore', postalCode: '018982', country: 'SG' },
  taxId: '201912345K',
  taxIdLabel: 'GST',
  email: 'billing@cloud-vendor.example',
  territories: [],
  standard: true,
};

/** Puts a small believable data set into an empty stack; a kept one has it already. @returns whose tokens are printed */
export async function seed(stack: LocalStack): Promise<readonly Persona[]> {
  if (!stack.fresh) return PERSONAS;
  await createFirstOperator(stack);
  await asSystem(stack, async (now) => {
    const vat = [{ code: 'VAT', rate: parseMoney('0.09') }];
    const effectiveFrom = monthStart(billingMonthOf(now));
    await setTaxRule({ countryRegion: 'SG', components: vat, effectiveFrom }, 'Seed', now);
    await setEntity(ENTITY, { expectedVersion: 0, reason: 'Seed' }, now);
    const sunbird = await partner('sunbird', 'Sunbird Cloud', now);
    const meridian = await partner('meridian', 'Meridian Distribution', now, { type: 'distributor' });
    const harbor = await partner('harbor', 'Harbor Resale', now, {
      type: 'reseller',
      distributorId: meridian.partnerId,
    });
    const manager = await createMember(SYSTEM, sunbird.partnerId, member('manager-sunbird', 'Mia Manager'), now);
    for (const key of ['atlas', 'zenith', 'orion']) await platformAccount(stack, key);
    await customer('atlas', 'Atlas Nimbus', { partnerId: sunbird.partnerId, accountManagerId: manager.memberId }, now);
    await customer('zenith', 'Zenith Eclipse', { partnerId: sunbird.partnerId }, now);
    await customer('orion', 'Orion Pioneer', { partnerId: meridian.partnerId, resellerId: harbor.partnerId }, now);
  });
  await stack.drain();
  return PERSONAS;
}

/** Somebody must be there to register everybody else. */
export const createFirstOperator = (stack: LocalStack) =>
  asSystem(stack, (now) => createOperator('operator', 'Olga Operator', now));

const asSystem = <T>(stack: LocalStack, work: (now: Instant) => Promise<T>): Promise<T> => {
  const now = stack.now();
  return inCall({ operation: 'seed', requestId: 'seed', now, actor: SYSTEM }, () => work(now));
};

const partner = (
  key: string,
  companyName: string,
  now: Instant,
  kind: Pick<Partner, 'type' | 'distributorId'> = { type: 'solution-provider' },
): Promise<Partner> =>
  registerPartnerWithOwner(
    {
      ...kind,
      companyName,
      accountName: key,
      registrationArea: { countryRegion: 'SG' },
      contact: { name: `${companyName} Office`, email: `office@${key}.example` },
      language: 'en',
      timeZone: 'Asia/Singapore',
      paymentCurrency: 'USD',
      budgetSmsEnabled: false,
    },
    { subject: `owner-${key}`, name: 'Owen Owner', email: `owen@${key}.example` },
    now,
  );

const member = (subject: string, name: string) => ({
  subject,
  username: subject,
  name,
  email: `${subject}@sunbird.example`,
  roles: ['account-manager'] as const,
});

/** What the platform's registry has of a customer; the checks of an association's end ask it. */
async function platformAccount(stack: LocalStack, key: string): Promise<void> {
  const answer = await fetch(`${stack.urls.platform}/accounts/account-${key}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${LOCAL_PLATFORM_TOKEN}` },
    body: JSON.stringify({
      email: `it@${key}.example`,
      subject: `customer-${key}`,
      currency: 'USD',
      servicesEnabled: true,
    }),
  });
  if (!answer.ok) throw new Error(`the simulated platform answered ${answer.status}`);
}

async function customer(
  key: string,
  accountName: string,
  of: { partnerId: string; resellerId?: string; accountManagerId?: string },
  now: Instant,
): Promise<void> {
  const { customerId } = await registerCustomer(
    {
      accountId: `account-${key}`,
      accountName,
      userType: 'enterprise',
      email: `it@${key}.example`,
      mobileNumber: '+6581234567',
      subject: `customer-${key}`,
    },
    now,
  );
  await associateCustomer(customerId, { ...of, type: 'reseller' }, now);
}
