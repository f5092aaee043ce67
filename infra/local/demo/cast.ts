import type { LocalStack } from '../stack.ts';
import { Api } from './api.ts';
import { budgetOf, type DemoBudget, type DemoPartner, PARTNERS, TAX_RULES } from './plan.ts';
import type { UsageFile } from './usage-file.ts';

export interface CastPartner extends DemoPartner {
  readonly partnerId: string;
  /** Calls as the partner's owner account. */
  readonly api: Api;
}

export interface CastCustomer {
  readonly customerId: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly partner: CastPartner;
  readonly budget: DemoBudget;
}

export interface Cast {
  readonly operator: Api;
  readonly partners: readonly CastPartner[];
  readonly customers: readonly CastCustomer[];
}

const FROM = '2024-08-01T00:00:00+08:00';
const UNTIL = '2024-12-31T23:59:59+08:00';

/** Registers partners, tax rules, discounts and customers, and sets the budgets: all over HTTP, as their users would. */
export async function setTheStage(stack: LocalStack, file: UsageFile): Promise<Cast> {
  const operator = new Api(stack.urls.api, await stack.tokenFor('operator'));
  for (const rule of TAX_RULES) await operator.post('/v1/tax-rules', { ...rule, effectiveFrom: FROM, reason: 'Demo' });
  const partners: CastPartner[] = [];
  for (const partner of PARTNERS) partners.push(await registerPartner(stack, operator, partner));
  const customers: CastCustomer[] = [];
  for (const [index, account] of file.accounts.entries()) {
    const budget = budgetOf(account.accountId, index);
    const partner = partners.find(({ key }) => key === budget.partner) as CastPartner;
    customers.push(await winCustomer(operator, partner, account, budget));
  }
  return { operator, partners, customers };
}

async function registerPartner(stack: LocalStack, operator: Api, partner: DemoPartner): Promise<CastPartner> {
  const { key, type, companyName, registrationArea, timeZone, language } = partner;
  const subject = `owner-${key}`;
  const { partnerId } = await operator.post<{ partnerId: string }>('/v1/partners', {
    type,
    companyName,
    accountName: key,
    registrationArea,
    timeZone,
    language,
    contact: { name: `${companyName} Office`, email: `office@${key}.example` },
    financialContact: { name: `${companyName} Finance`, email: `finance@${key}.example` },
    owner: { subject, name: 'Owen Owner', email: `owen@${key}.example` },
  });
  const api = new Api(stack.urls.api, await stack.tokenFor(subject));
  if (partner.discount !== undefined) {
    await operator.post(`/v1/partners/${partnerId}/commercial-discounts`, {
      type: 'partner-level',
      effectiveAt: FROM,
      expiresAt: UNTIL,
      items: [{ kind: 'percentage', settlementClass: 'common', discount: partner.discount }],
      reason: 'Demo',
    });
  }
  await api.post('/v1/budget-recipients', { name: 'Bea Budget', email: `budget@${key}.example`, phone: '+6591234567' });
  return { ...partner, partnerId, api };
}

/** A customer starts frozen and without a budget; the partner sets one and unfreezes it (CUS-021, CUS-060). */
async function winCustomer(
  operator: Api,
  partner: CastPartner,
  account: { accountId: string; name: string },
  budget: DemoBudget,
): Promise<CastCustomer> {
  const { customerId } = await operator.post<{ customerId: string }>('/v1/customers', {
    accountId: account.accountId,
    accountName: account.name,
  });
  await operator.post(`/v1/customers/${customerId}/association`, { partnerId: partner.partnerId });
  await partner.api.put(`/v1/customers/${customerId}/budget/${budget.type}`, {
    amount: budget.amount,
    exhaustionMode: budget.exhaustionMode,
    unfreezeNow: true,
    expectedVersion: 0,
  });
  return { customerId, accountId: account.accountId, accountName: account.name, partner, budget };
}
